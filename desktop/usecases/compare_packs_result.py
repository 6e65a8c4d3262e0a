"""对照的结果。What new rules change for a family, as lines for a terminal and in the published form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.domain.money import NOTHING, Money

if TYPE_CHECKING:
    from desktop.usecases.compare_packs import Effect, NewRule, NewRules


def new_rules_lines(result: NewRules) -> list[str]:
    """`gongji plan FILE --changes-on DAY`."""
    lines = [f"{result.day} 起的变化"]
    for one in result.changed:
        lines.append(f"  {one.title}：{one.before} → {one.after}")
        lines.append(f"    关系到{one.means}；{_grounds(one)}")
        if one.effect is not None:
            lines.append(f"    一年：{effect_words(one.effect)}")
    if not result.changed:
        lines.append("  用到的规则没有已公布的变化")
    if result.estimated:
        lines.append("还没有公布，先按上一年的估算")
        lines += [f"  {one.title}：{one.after}，关系到{one.means}" for one in result.estimated]
    lines.append(unchanged_words(result))
    lines.append(f"全部合计，{result.day} 起的十二个月：{effect_words(result.effect)}")
    return lines


def unchanged_words(result: NewRules) -> str:
    """What stays, in one line."""
    if not result.assumed:
        return f"其余用到的 {result.same} 项不变"
    which = "都" if result.assumed == result.same else f"其中 {result.assumed} 项"
    return f"其余用到的 {result.same} 项不变（规则收录到 {result.covered_until}，{which}是按不变估计的）"


def effect_words(effect: Effect) -> str:
    """账户少 80.00，现金多付 20.00."""
    said = [
        f"{what}{more if amount > NOTHING else less} {Money(abs(amount)):,}"
        for what, more, less, amount in (
            ("账户", "多", "少", effect.account),
            ("现金", "多付", "少付", effect.cash),
            ("家人的账户", "多", "少", effect.others),
        )
        if amount
    ]
    return "，".join(said) or "钱上没有差别"


def _grounds(one: NewRule) -> str:
    since = f"{one.since} 起，" if one.since is not None else ""
    return f"{since}{one.source}，可信度{one.sure}"


def new_rules_result(result: NewRules) -> dict[str, Any]:
    """`gongji plan FILE --changes-on DAY --json`."""
    return {
        "format": "gongji-changes/1",
        "account": result.account,
        "day": str(result.day),
        "changed": [_rule_result(one) for one in result.changed],
        "estimated": [_rule_result(one) for one in result.estimated],
        "same": result.same,
        "assumed": result.assumed,
        "covered_until": str(result.covered_until),
        "effect": _effect_result(result.effect),
        "engine": result.engine,
    }


def _rule_result(one: NewRule) -> dict[str, Any]:
    return {
        "key": one.key,
        "channel": one.channel,
        "title": one.title,
        "turn": str(one.turn),
        "before": one.before,
        "after": one.after,
        "since": None if one.since is None else str(one.since),
        "source": one.source,
        "confidence": str(one.confidence),
        "people": list(one.people),
        "means": one.means,
        "effect": None if one.effect is None else _effect_result(one.effect),
    }


def _effect_result(effect: Effect) -> dict[str, str]:
    return {"account": str(effect.account), "cash": str(effect.cash), "others": str(effect.others)}
