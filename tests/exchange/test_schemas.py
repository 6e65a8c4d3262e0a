"""公布的形式。The schemas in `resources/schema/` are those of this program, and its results keep to them.

After a change of form, write them anew: `python -m tests.exchange.test_schemas`.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from desktop.domain.money import Money
from desktop.domain.terms import AMOUNTS
from desktop.exchange.identities import messages_result
from desktop.exchange.messages import read_messages
from desktop.exchange.results import RESULTS, schemas

HERE = Path(__file__).parent
PUBLISHED = HERE.parents[1] / "resources" / "schema"

FINDING = {
    "rule": "binding.two_payers",
    "severity": "error",
    "about": ["b2", "mum"],
    "on": "2025-02-01",
    "says": "母亲已有一位共济人。",
    "clause": {
        "key": "mutual_aid.payers_per_beneficiary",
        "title": "通知",
        "number": "",
        "since": None,
        "confidence": "high",
    },
    "fix": ["先解除另一条绑定"],
}
SETTLEMENT = {
    "event": "v1",
    "on": "2025-03-01",
    "patient": "mum",
    "setlinfo": {name: str(Money(0)) for name in AMOUNTS},
    "mutual_aid": [{"payer": "me", "amount": "580.00"}],
    "trace": [
        {
            "step": "deductible",
            "amount": "300.00",
            "key": "employee_outpatient.deductible",
            "source": "通知",
            "since": "2022-10-01",
            "confidence": "high",
            "disputed": False,
            "says": "年度起付标准三百元",
        }
    ],
}
MONTH = {
    "month": "2026-04",
    **dict.fromkeys(("credited", "paid_own", "paid_mutual_aid", "premiums", "cash", "balance"), "0.00"),
}
BOND = {"payer": "me", "beneficiary": "mum", "relation": "parent", "turn": "kept", "assumed": False}
LENT = [{"payer": "me", "amount": "100.00", "left": "0.00"}]
EFFECT = {"account": "-80.00", "cash": "0.00", "others": "0.00"}
NEW_RULE = {
    "key": "premium.personal",
    "channel": "premium_proxy",
    "title": "居民医保个人缴费标准",
    "turn": "changes",
    "before": "400.00 元/年",
    "after": "420.00 元/年",
    "since": "2027-01-01",
    "source": "通知",
    "confidence": "high",
    "people": ["mum"],
    "means": "母亲的居民医保费",
    "effect": EFFECT,
}
RUN = {
    "scenario": None,
    "differs": "现在的 7 条绑定",
    "runs_out": "2028-05",
    "first_shortfall": {"on": "2028-05-26", "event": "v1", "patient": "mum", "amount": "115.65"},
    "cause": "2028年5月母亲住院……",
    "lowest_in_a_year": {"month": "2027-11", "balance": "4072.35"},
    "cash": "100.00",
    "by_others": {},
    "end": "0.00",
    "yearly": [{"what": "划入", "amount": "2352.00"}],
}
MOVED = {"account": "115.65", "cash": "-115.65", "others": "0.00", "own_care": "0.00"}
DELTA = {
    "later": 43,
    "at_least": True,
    "lowest_in_a_year": "0.00",
    "cash": "-115.65",
    "by_others": {"brother": "0.00"},
    "end": "115.65",
}
SAID = {"says": "由本人申请。", "source": "通知", "confidence": "high", "disputed": "", "assumed": False}
EXAMPLES: dict[str, dict[str, Any]] = {
    "guides": {
        "format": "gongji-guides/1",
        "guides": [{"id": "bind", "group": "共济绑定", "title": "绑定家人"}],
    },
    "guide-shown": {
        "format": "gongji-guide/1",
        "id": "transfer-cross-province",
        "title": "跨省转移",
        "person": "brother",
        "subject": "弟弟，东莞 → 长沙",
        "case": "",
        "summary": SAID,
        "steps": [
            {
                "id": "apply",
                "title": "提交申请",
                "detail": "打算 11月23日 提交",
                "who": "本人",
                "state": "current",
                "done_on": None,
                "due": "2026-11-23",
            }
        ],
        "papers": [{"id": "card", "title": "身份证", "need": "原件"}],
        "places": [SAID | {"way": "网上", "verify": True}],
        "deadlines": [SAID | {"title": "缴费", "on": None, "days_left": None}],
        "timeline": {
            "counted_from": "2026-11-23",
            "estimated": False,
            "stages": [{"label": "转出地 10 个工作日", "first": "2026-11-24", "last": "2026-12-07"}],
        },
        "effects": [SAID],
        "notes": [SAID],
        "basis": "通知，2021-11-01",
    },
    "why-not-question": {
        "format": "gongji-why-not/1",
        "question": "balance",
        "asks": "账户里还有钱吗？",
        "why": "有余额才付得出。",
        "choices": [{"value": "some", "label": "有"}, {"value": "none", "label": "没有了"}],
    },
    "why-not-verdict": {
        "format": "gongji-why-not/1",
        "verdict": "就是：没有绑成家庭共济",
        "reasons": [
            {
                "cause": "not_bound",
                "sure": "就是",
                "title": "没有绑成家庭共济",
                "says": "绑的是亲情账户",
                "key": None,
                "todo": ["由共济人绑定"],
            }
        ],
        "apart": ["亲情账户不共用钱。"],
        "ask": [],
    },
    "changes": {
        "format": "gongji-changes/1",
        "account": "me",
        "day": "2027-01-01",
        "changed": [NEW_RULE],
        "estimated": [NEW_RULE | {"turn": "estimated", "since": None, "effect": None}],
        "same": 42,
        "assumed": 42,
        "covered_until": "2026-12-31",
        "effect": EFFECT,
        "engine": "0.1.0",
    },
    "comparison": {
        "format": "gongji-comparison/1",
        "account": "me",
        "from": "2026-12",
        "until": "2031-11",
        "runs": [
            RUN,
            RUN
            | {
                "scenario": "改由哥哥支付",
                "delta": DELTA,
                "differences": [{"on": "2028-05-26", "event": "v1", "what": "母亲住院", **MOVED}],
            },
        ],
        "engine": "0.1.0",
        "packs": [{"id": "cn-43", "version": "2026.1"}],
        "notes": [FINDING],
    },
    "assignment": {
        "format": "gongji-assignment/1",
        "account": "me",
        "until": "2030-12",
        "bindings": [BOND],
        "ended": [],
        "from": "2026-01-01",
        "cash_before": "900.00",
        "cash": "100.00",
        "saving": "800.00",
        "paid_by_others": LENT,
        "runner_up": {"bindings": [BOND], "cash": "200.00", "paid_by_others": LENT},
        "natural": None,
        "why": ["少付 800.00 元"],
        "proven": True,
        "judged": 3,
        "unknown": [{"payer": "brother", "beneficiary": "aunt"}],
        "impossible": [{"person": "uncle", "findings": [FINDING]}],
        "engine": "0.1.0",
        "packs": [{"id": "cn-43", "version": "2026.1"}],
    },
    "settlements": {
        "format": "gongji-settlements/1",
        "settlements": [SETTLEMENT],
        "balances": {"me": "1420.00"},
        "findings": [FINDING],
    },
    "findings": {"format": "gongji-findings/1", "findings": [FINDING]},
    "plan": {
        "months": [MONTH],
        "lowest": {"month": "2026-04", "balance": "0.00"},
        "runs_out": None,
        "cash_total": "0.00",
        "assumed_from": "2027-01-01",
        "seed": None,
        "engine": "0.1.0",
        "packs": [{"id": "cn-43", "version": "2026.1"}],
    },
    "policy": {
        "key": "premium.personal",
        "area": "430100",
        "on": "2025-03-01",
        "value": "400",
        "unit": "元",
        "since": "2025-01-01",
        "until": None,
        "source": "通知",
        "says": "个人缴费四百元",
        "confidence": "high",
        "disputed": [],
    },
    "messages": messages_result(
        one for file in sorted((HERE / "setlinfo").glob("*.json")) for one in read_messages(file)
    ),
}


def written(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def publish() -> None:
    PUBLISHED.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (PUBLISHED / f"{name}.schema.json").write_text(written(schema), encoding="utf-8")


@pytest.mark.parametrize("name", sorted(schemas()))
def test_that_a_published_schema_is_that_of_the_program(name: str) -> None:
    assert (PUBLISHED / f"{name}.schema.json").read_text("utf-8") == written(schemas()[name])


@pytest.mark.parametrize("name", sorted(RESULTS))
def test_that_a_result_keeps_to_its_form(name: str) -> None:
    RESULTS[name].model_validate_json(json.dumps(EXAMPLES[name]))


@pytest.mark.parametrize("name", sorted(RESULTS))
def test_that_a_result_may_gain_fields_and_lose_none(name: str) -> None:
    RESULTS[name].model_validate_json(json.dumps(EXAMPLES[name] | {"more": 1}))
    for field in EXAMPLES[name]:
        less = {one: value for one, value in EXAMPLES[name].items() if one != field}
        with pytest.raises(ValidationError):
            RESULTS[name].model_validate_json(json.dumps(less))


def test_that_the_family_schema_speaks_the_language_of_the_document() -> None:
    family = schemas()["family"]
    assert set(family["required"]) == {"format", "people"}
    assert family["additionalProperties"] is False
    coverage = family["$defs"]["CoverageForm"]
    assert {"from", "to"} < set(coverage["properties"])
    assert set(family["$defs"]["VisitForm"]["required"]) == {
        "id",
        "type",
        "on",
        "patient",
        "setting",
        "provider",
        "credential",
        "total_fee",
        "fully_self_funded",
        "over_limit_self_funded",
        "upfront_copay",
    }


if __name__ == "__main__":
    publish()
