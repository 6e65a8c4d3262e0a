"""绑定了为什么不能用。Asks what the family's records do not say, then names the causes, the likeliest first.

`examine` is asked again and again with the answers so far. What the records tell (the binding, the insurance,
the relation, the balances) is never asked, and every cause is found by the rules that settle everything else:
`doctor_trial.py` lays the answers into the family and settles the payment, `doctor_causes.py` reads it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.domain.people import province_of
from desktop.planning.timeline import holder_of
from desktop.rules.contribution import has_account
from desktop.usecases.doctor_causes import WORDS, Cause, Reason, Sureness, of_trial, without_trial
from desktop.usecases.doctor_trial import (
    RELATIONS,
    Asked,
    Balance,
    Bound,
    Complaint,
    Outsider,
    PaidFor,
    Patient,
    complaint,
    tried,
)
from desktop.usecases.kin import kinship

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from desktop.domain.family import Family
    from desktop.domain.people import Person
    from desktop.policy.book import Book

__all__ = [
    "MOST_QUESTIONS",
    "WORDS",
    "Cause",
    "Choice",
    "Question",
    "Reason",
    "Sureness",
    "Verdict",
    "examine",
]

MOST_QUESTIONS = len(Asked)
_OF_FAMILY = 4  # accounts of the family that may be chosen from; two more choices are for accounts outside it

APART = (
    "亲情账户：在手机里替家人出示医保码，不共用钱。",
    "家庭共济：用职工个人账户里的钱，替绑定的近亲属付医药费。看病时出示的仍是家人自己的医保码。",
)
"""亲情账户和家庭共济，两样都绑才能又出示码又用钱。"""


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """`id` is the key of its answer, the `value` of one of the choices; `why` says what the answer decides.

    `number` counts from 1 and never passes `MOST_QUESTIONS`.
    """

    id: str
    asks: str
    why: str
    choices: tuple[Choice, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reasons` are empty where none was found. `apart` tells 亲情账户 from 家庭共济, `ask` is for 12393."""

    reasons: tuple[Reason, ...]
    title: str
    apart: tuple[str, ...]
    ask: tuple[str, ...]


def examine(
    family: Family, book: Book, day: date, patient: str, answers: Mapping[str, str]
) -> Question | Verdict:
    """The next question, or the verdict. An answer that is no choice of its question is asked for again.

    Raises `KeyError` for an unknown person.
    """
    case = _answered(complaint(family, book, day, patient), answers)
    plain = without_trial(case)
    if plain:
        return _verdict(case, plain)
    question = _next(case)
    if question is not None and question.id in {Asked.BOUND, Asked.PAYER, Asked.RELATION}:
        return question
    reasons = of_trial(case, tried(case))
    settled = any(one.sure is Sureness.CERTAIN for one in reasons)
    return question if question is not None and not settled else _verdict(case, reasons)


def _answered(case: Complaint, answers: Mapping[str, str]) -> Complaint:
    """With the answers to what is really asked, in order, up to the first that is missing."""
    while (question := _next(case)) is not None:
        answer = answers.get(question.id, "")
        if answer not in {one.value for one in question.choices}:
            break
        case = replace(case, answers={**case.answers, question.id: answer})
    return case


def _next(case: Complaint) -> Question | None:
    """The first question that matters and has not been answered."""
    number = len(case.answers) + 1
    for asked, ask in _QUESTIONS:
        if not case.answer(asked):
            found = ask(case)
            if found is not None:
                says, why, choices = found
                return Question(asked.value, says, why, tuple(choices), number)
    return None


def _verdict(case: Complaint, reasons: tuple[Reason, ...]) -> Verdict:
    who = _word(case, case.patient.id)
    if reasons:
        title = f"{WORDS[reasons[0].sure]}：{reasons[0].title}"
    else:
        title = "没有找到原因，请拨打 12393 问一问"
    sure = bool(reasons) and reasons[0].sure is Sureness.CERTAIN
    ask = (
        f"{who}在系统里绑定的是家庭共济，还是只有亲情账户",
        f"{case.day} 这一天，{who}和共济人的参保状态是否正常",
        "共济人的个人账户（不是旧医保卡）里有多少钱，有没有被冻结",
        "那家医院或药店接通家庭共济了没有",
    )
    return Verdict(reasons, title, APART, () if sure else ask)


# ------------------------------------------------------------------------------------------------- questions

_Asks = tuple[str, str, list[Choice]]
"""What is asked, why, and what may be answered."""


def _bound(case: Complaint) -> _Asks | None:
    """Only where the book has no binding for this person at all."""
    if case.bindings:
        return None
    who = _word(case, case.patient.id)
    return (
        f"在手机上给{who}绑的是哪一种？",
        "亲情账户只出示医保码，不共用钱；家庭共济才共用钱。这里没有记下绑定。",
        [
            Choice(Bound.SHARED, "家庭共济"),
            Choice(Bound.SHARED_THEN_MOVED, "家庭共济，后来有人换过参保地"),
            Choice(Bound.WALLET, "医保钱包（跨省共济）"),
            Choice(Bound.CODE_ONLY, "亲情账户"),
            Choice(Bound.NOTHING, "都没有绑"),
            Choice(Bound.UNKNOWN, "不记得"),
        ],
    )


def _payer(case: Complaint) -> _Asks | None:
    """Whose account was meant: one of several on record, or anyone who may have one."""
    held = list(dict.fromkeys(one.payer for one in case.held))
    if len(held) == 1:
        return None
    known = held or [
        one.id for one in case.lived.people if one.account is not None and one.id != case.patient.id
    ]
    choices = [Choice(one, _word(case, one)) for one in known[:_OF_FAMILY]]
    if not held:
        choices.append(Choice(Outsider.SAME_PROVINCE, "不在这个家里，同省参保"))
        choices.append(Choice(Outsider.OTHER_PROVINCE, "不在这个家里，外省参保"))
    return "想用的是谁的账户？", "每个人的参保地和余额不同，一个人同时也只能有规定数目的共济人。", choices


def _relation(case: Complaint) -> _Asks | None:
    if case.relation is not None:
        return None
    who = _word(case, case.patient.id)
    labels = {
        "immediate": "配偶、父母或子女",
        "sibling": "兄弟姐妹",
        "two_generations": "（外）祖父母或（外）孙子女",
        "in_law": "配偶的父母，或子女的配偶",
        "other": "其他亲友",
    }
    choices = [Choice(value, labels[value]) for value in RELATIONS]
    return f"{who}是账户主人的什么人？", "只有近亲属可以绑定，配偶的父母等姻亲不可以。", choices


def _patient(case: Complaint) -> _Asks | None:
    person = case.patient
    who = _word(case, person.id)
    if not person.coverage:
        return (
            f"{who}那天是怎么参保的？",
            "没有参保或停了保，就不能使用家人的账户；职工自己的账户有钱，先用自己的。",
            [
                Choice(Patient.EMPLOYEE_WITH_MONEY, "本省职工医保，自己账户有钱"),
                Choice(Patient.EMPLOYEE_EMPTY, "本省职工医保，自己账户没钱"),
                Choice(Patient.RESIDENT, "本省居民医保"),
                Choice(Patient.ELSEWHERE, "在外省参保"),
                Choice(Patient.NOT_INSURED, "没有参保，或停保了"),
                Choice(Patient.UNKNOWN, "不清楚"),
            ],
        )
    law = case.book.law(person.area_on(case.day), case.day)
    if case.knows_balance(person) or not has_account(person.coverage_on(case.day), law):
        return None
    return (
        f"{who}自己的个人账户里还有钱吗？",
        "先用本人账户的钱，用完才用共济人的。",
        [Choice(Patient.HAS, "有"), Choice(Patient.HAS_NOT, "没有"), Choice(Patient.UNKNOWN, "不清楚")],
    )


def _balance(case: Complaint) -> _Asks | None:
    payer, by_year = case.payer, _tells_years_apart(case)
    if payer is not None and case.knows_balance(payer) and not by_year:
        return None
    whose = "账户主人" if payer is None else _word(case, payer.id)
    some = [Choice(Balance.SOME, "有")]
    if by_year:
        some = [Choice(Balance.SOME, "有历年余额"), Choice(Balance.ONLY_THIS_YEAR, "只有当年划入的")]
    return (
        f"{whose}的个人账户里还有钱吗？",
        "账户里有余额才付得出；旧医保卡里的钱不能共济。",
        [
            *some,
            Choice(Balance.NONE, "没有了"),
            Choice(Balance.ON_CARD, "只有旧医保卡里有钱"),
            Choice(Balance.UNKNOWN, "不清楚"),
        ],
    )


def _paid_for(case: Complaint) -> _Asks | None:
    if case.event is not None:
        return None
    return (
        "在哪里用的，付的是什么？",
        "只有定点医院和定点药店能用，保健品、健身等不能付；代缴居民医保费另有期限。",
        [
            Choice(PaidFor.HOSPITAL, "在定点医院看病"),
            Choice(PaidFor.PHARMACY, "在定点药店买药、器械、耗材"),
            Choice(PaidFor.GOODS, "买保健品、日用品，或健身、养生"),
            Choice(PaidFor.PREVENTION, "打疫苗、做体检"),
            Choice(PaidFor.NOT_DESIGNATED, "在不是定点的地方"),
            Choice(PaidFor.PREMIUM, "缴居民医保费"),
        ],
    )


_QUESTIONS = (
    (Asked.BOUND, _bound),
    (Asked.PAYER, _payer),
    (Asked.RELATION, _relation),
    (Asked.PATIENT, _patient),
    (Asked.BALANCE, _balance),
    (Asked.PAID_FOR, _paid_for),
)


def _tells_years_apart(case: Complaint) -> bool:
    """Whether the payer is insured in a province that shares only what was left from earlier years."""
    payer: Person | None = case.payer
    if payer is None:
        return False
    policy = case.law.policy
    listed = case.law.optional(lambda: policy.words("mutual_aid.prior_year_only_in"))
    return listed is not None and province_of(payer.area_on(case.day)) in listed.value


def _word(case: Complaint, person: str) -> str:
    return kinship(case.family, holder_of(case.family))[person].word
