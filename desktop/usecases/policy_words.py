"""数值的话。A value of the law in words: 60%，三级 300 元，配偶、父母、子女, whatever kind it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from desktop.domain.binding import Relation
from desktop.domain.care import Purpose, Setting
from desktop.domain.matter import PayoutReason
from desktop.domain.people import Sex
from desktop.domain.places import provinces
from desktop.domain.premium import RefundGround
from desktop.domain.terms import label
from desktop.usecases.policy_titles import Title, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from desktop.policy.pack import Value

_UNITS = {
    "yuan": "元",
    "yuan/month": "元/月",
    "yuan/year": "元/年",
    "day": "天",
    "month": "个月",
    "workday": "个工作日",
    "year": "年",
    "person": "人",
}
_NAMES: Mapping[str, str] = {
    **{str(one): label(one) for one in (*Relation, *Purpose, *Sex)},
    "self": "本人",
    "unlimited": "不限",
    "pool": "同一统筹区",
    "province": "省内",
    "nation": "全国",
    "deductible": "起付线",
    "copay": "比例自付",
    "upfront": "先行自付",
    "out_of_scope": "目录外自费",
    "over_ceiling": "超限额部分",
    "designated_hospital": "定点医疗机构",
    "designated_pharmacy": "定点零售药店",
    "drug": "药品",
    "device": "医疗器械",
    "consumable": "医用耗材",
    "own_account": "本人账户",
    "wallet": "医保钱包",
    "quota": "跨省共济额度",
    "mutual_aid": "家庭共济",
    "cash": "现金",
    "same_day": "办理当天",
    "at_once": "即时生效",
    "any_time": "随时",
    "source_accounts": "原来付款的账户",
    "payer_account": "共济人的个人账户",
    "outpatient": "按门诊统筹支付",
    "after_deductible": "起付线以上",
    "zero": "零起",
    "two_tier": "两档计息",
    "demand_deposit": "活期利率",
    "three_month_deposit": "三个月整存整取利率",
    "active": "在职",
    "retired": "退休",
    "resident": "居民",
    "grassroots": "基层",
    "primary": "一级",
    "secondary": "二级",
    "tertiary": "三级",
    "provincial": "省部属",
    "hypertension": "高血压",
    "diabetes": "糖尿病",
    "both": "两病都有",
    "to_45": "45 岁以下",
    "over_45": "45 岁以上",
    "method": "办法",
    "current_year": "当年计入",
    "carried_over": "上年结转",
    "average_pension": "月平均养老金",
    "share": "比例",
    "amount": "算得",
    "gap_years": "断缴满",
    "months": "合计不少于",
    "employee_months_least": "职工医保至少缴满",
    "broke_off_after": "当年中断不早于",
    "join_within_months": "中断后多久内转居民",
    "deductible_share": "起付线按",
    "added_share": "各段提高",
    "ceiling": "年度限额",
    "consultations": "两周内就诊",
    "stays": "一年内住院",
}
_SETTINGS: Mapping[str, str] = {str(one): label(one) for one in Setting}
_PLACES: Mapping[str, str] = {**provinces(), "other": "其他省份"}
_OLD_AGES = {str(age): f"原 {age} 岁" for age in (60, 55, 50)}
_NAMES_OF: Mapping[str, Mapping[str, str]] = {
    "mutual_aid.purse_order": {"pool": "统筹基金"},
    "mutual_aid.beneficiary_place": {"province": "湖南省内"},
    "transfer.papers_online": {"id_only": "网上不用，到窗口带身份证件"},
    "retirement.legal_age": _OLD_AGES,
    "retirement.months_per_step": _OLD_AGES,
    "retirement.place": {"insured_now": "现参保地；停保的在省内缴费最久的地方"},
    "closing.payable": {str(one): label(one) for one in PayoutReason},
    "closing.without_heir": {"pool": "归统筹基金"},
    "wallet.clearing": {"month": "按月清算"},
    "wallet.online": _PLACES,
    "wallet.pool_online": _PLACES,
    "chronic.unused_quota_cleared": {"quarter": "每季度清零"},
    "premium.refund_grounds": {str(one): label(one) for one in RefundGround},
    "illness.recurring_happens": _SETTINGS,
    "illness.recurring_spread": _SETTINGS,
}
_UNITS_OF: Mapping[str, str] = {  # of an entry, where the table holds things of several kinds
    "share": "ratio",
    "deductible_share": "ratio",
    "added_share": "ratio",
    "average_pension": "yuan/month",
    "amount": "yuan/month",
    "deductible": "yuan/year",
    "employee_months_least": "month",
    "join_within_months": "month",
    "gap_years": "year",
    "months": "month",
}
_YEARS = {-1: "上年", 0: "当年", 1: "次年"}
_MANY = Decimal(10000)
_LONG = 3  # entries from which on a table or list is long
_NO_TITLE = Title("")


class Cell(NamedTuple):
    """One entry of a table: 三级, 60%."""

    name: str
    words: str


class Line(NamedTuple):
    """A row of a table: by status, then by level. `name` is empty where there is only one row."""

    name: str
    cells: tuple[Cell, ...]


def value_words(key: str, value: Value, unit: str = "") -> str:
    """
    >>> value_words("premium.personal", Decimal("400.00"), "yuan/year")
    '400.00 元/年'
    >>> value_words("mutual_aid.most_active", 10, "person"), value_words("account.heritable", True)
    ('10 人', '可以继承')
    """
    lines = value_lines(key, value, unit)
    if lines:
        rows = ("，".join(f"{one.name} {one.words}".strip() for one in line.cells) for line in lines)
        return "；".join(
            f"{line.name}：{words}" if line.name else words for line, words in zip(lines, rows, strict=True)
        )
    return _words(key, value, unit)


def brief_words(key: str, value: Value, unit: str = "") -> str:
    """The same for a narrow place: a long table or list in few words.

    >>> shares = {name: Decimal(tenths) / 10 for tenths, name in enumerate("abcd", 5)}
    >>> brief_words("employee_inpatient.pool_share", shares, "ratio")
    '50% 至 80%，分 4 档'
    """
    cells = [cell for line in value_lines(key, value, unit) for cell in line.cells]
    if len(cells) >= _LONG and (isinstance(value, tuple) or of_one_kind(value)):
        return f"{_range([cell.words for cell in cells])}，分 {len(cells)} 档"
    if len(cells) >= _LONG:
        return f"{cells[0].name} {cells[0].words}等 {len(cells)} 项"
    if isinstance(value, tuple) and len(value) > _LONG and not key.endswith("_order"):
        return f"{_words(key, value[:_LONG], unit)}等 {len(value)} 项"
    return value_words(key, value, unit)


def _range(words: list[str]) -> str:
    """From the least to the most, the unit once.

    >>> _range(["60%", "70%"]), _range(["1,100 元", "200 元", "200 元"])
    ('60% 至 70%', '200 至 1,100 元')
    """
    low, *_, high = sorted(words, key=lambda one: Decimal(one.partition(" ")[0].rstrip("%").replace(",", "")))
    number, _, unit = low.partition(" ")
    return f"{number} 至 {high}" if unit else f"{low} 至 {high}"


def _leaves(value: Value) -> Iterator[Value]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _leaves(inner)
    else:
        yield value


def of_one_kind(value: Value) -> bool:
    """Are they all numbers, of one unit?"""
    names = set(value) if isinstance(value, Mapping) else set()
    return all(figure_of(one) is not None for one in _leaves(value)) and not names & set(_UNITS_OF)


def figure_of(value: Value | None) -> Decimal | None:
    """A single number, which has a large figure and a chart; a table, a word or a flag has none."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value)


def figure_words(key: str, value: Decimal, unit: str) -> tuple[str, str]:
    """The number and what goes behind it: 400.00, 元/年; 2%."""
    words = _number(value, unit_words(key, unit), whole=False)
    number, _, behind = words.partition(" ")
    return number, behind


def value_lines(key: str, value: Value, unit: str = "") -> tuple[Line, ...]:
    """The rows of a table by level, by status, by status then level, by segments or by age; else none."""
    if isinstance(value, tuple) and value and all(isinstance(one, Mapping) for one in value):
        rows = [one for one in value if isinstance(one, Mapping)]
        by_age = "per_year" in rows[0]
        return (Line("", _bands(key, rows, unit) if by_age else tuple(_segment(one) for one in rows)),)
    if not isinstance(value, Mapping) or _span(key, value, unit):
        return ()
    if all(isinstance(inner, Mapping) for inner in value.values()):
        return tuple(
            Line(_name(key, name), _cells(key, inner, unit))
            for name, inner in value.items()
            if isinstance(inner, Mapping)
        )
    return (Line("", _cells(key, value, unit)),)


def _cells(key: str, table: Mapping[str, Value], unit: str) -> tuple[Cell, ...]:
    return tuple(
        Cell(_name(key, name), _words(key, inner, entry_unit(name, unit), whole=True))
        for name, inner in table.items()
    )


def _segment(one: Mapping[str, Value]) -> Cell:
    """
    >>> _segment({"from": Decimal(30000), "to": Decimal(80000), "share": Decimal("0.65")})
    Cell(name='3 万至 8 万元', words='65%')
    """
    low, high = Decimal(str(one["from"])), one.get("to")
    if high is None:
        name = f"{_short(low)}元以上" if low else "起付线以上"
    else:
        above = _short(Decimal(str(high)))
        name = f"{_short(low)}至 {above}元" if low else f"{above}元以内"
    return Cell(name, _number(Decimal(str(one["share"])), "%", whole=True))


def _bands(key: str, bands: Sequence[Mapping[str, Value]], unit: str) -> tuple[Cell, ...]:
    """
    >>> _bands("illness.stays_a_year", [{"from": 0, "per_year": 1}, {"from": 5, "per_year": 2}], "")
    (Cell(name='4 岁以下', words='1 次/年'), Cell(name='5 岁以上', words='2 次/年'))
    """
    ages = [int(str(one["from"])) for one in bands]
    return tuple(
        Cell(_ages(age, after), _words(key, one["per_year"], unit, whole=True))
        for one, age, after in zip(bands, ages, [*ages[1:], None], strict=True)
    )


def _ages(first: int, after: int | None) -> str:
    if after is None:
        return f"{first} 岁以上"
    return f"{first} 至 {after - 1} 岁" if first else f"{after - 1} 岁以下"


def _short(amount: Decimal) -> str:
    return f"{_plain(amount / _MANY)} 万" if amount >= _MANY else f"{_plain(amount)} "


def _words(key: str, value: Value, unit: str, *, whole: bool = False) -> str:
    if isinstance(value, bool):
        title = title_of(key) or _NO_TITLE
        return title.yes if value else title.no
    if isinstance(value, int | Decimal):
        return _number(value, unit_words(key, unit), whole=whole)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        joint = "，再" if key.endswith("_order") else "、"
        return joint.join(_words(key, one, unit) for one in value)
    if isinstance(value, Mapping):
        return _span(key, value, unit)
    return _name(key, value)


def _name(key: str, word: str) -> str:
    if key.endswith("_years") and word.isdigit():
        return f"{word} 年办"
    return _NAMES_OF.get(key, {}).get(word) or _NAMES.get(word, word)


def unit_words(key: str, unit: str) -> str:
    """What goes behind a number of a key.

    >>> unit_words("premium.personal", "yuan/year"), unit_words("account.own_rate", "ratio")
    ('元/年', '%')
    """
    title = title_of(key) or _NO_TITLE
    return "%" if unit == "ratio" else title.unit or _UNITS.get(unit, unit)


def entry_unit(name: str, unit: str) -> str:
    """The unit of an entry of a table, of which `unit` is the whole's."""
    return _UNITS_OF.get(name, unit)


def _number(value: int | Decimal, unit: str, *, whole: bool) -> str:
    """Money with two decimals, but for the short entries of tables; a ratio in per cent."""
    if unit == "%":
        return f"{_plain(Decimal(value) * 100)}%"
    money = unit.startswith("元") and not whole
    if unit == "年":
        return f"{value} {unit}"
    return f"{value:,.2f} {unit}" if money else f"{_plain(Decimal(value))} {unit}".strip()


def _plain(number: Decimal) -> str:
    """
    >>> _plain(Decimal("5.60")), _plain(Decimal("16000.00"))
    ('5.6', '16,000')
    """
    return f"{number:,.4f}".rstrip("0").rstrip(".")


def _span(key: str, value: Mapping[str, Value], unit: str) -> str:
    """From one thing to another, or a day of some year; empty: it is a table."""
    if set(value) == {"year", "day"}:
        month, _, day = str(value["day"]).partition("-")
        year = value["year"]
        named = _YEARS.get(year, "") if isinstance(year, int) else ""
        return f"{named} {int(month)}月{int(day)}日".strip()
    if set(value) != {"from", "to"}:
        return ""
    first, last = value["from"], value["to"]
    if isinstance(first, str) and isinstance(last, str):
        return f"{first} 至{'次日' if last < first else ''} {last}"
    behind = "" if isinstance(first, date) else f" {unit_words(key, unit)}"
    return f"{first} 至 {last}{behind}"
