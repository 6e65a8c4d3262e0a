"""付款来源。Who pays which part, in which order, until which purse is empty."""

from desktop.domain.money import NOTHING, Money
from desktop.domain.settlement import BURDEN, Part, Payment, PurseKind, Slice
from desktop.rules.purse import Purse, burden, pay
from desktop.rules.settlement import in_turn
from tests.families import yuan
from tests.rules.terms import pays

CASH: Purse[Money] = Purse(PurseKind.CASH, "mum", None, pays(*BURDEN))
IN_SCOPE = (Part.DEDUCTIBLE, Part.COPAY, Part.UPFRONT)


def purse(kind: PurseKind, holder: str, balance: int, *parts: Part) -> Purse[Money]:
    return Purse(kind, holder, yuan(balance), pays(*(parts or IN_SCOPE)))


def owed(deductible: int = 0, copay: int = 0, upfront: int = 0, own: int = 0) -> dict[Part, Money]:
    return dict(zip(BURDEN, map(yuan, (deductible, copay, upfront, own)), strict=True))


def paid(payments: list[Payment[Money]]) -> list[tuple[str, Part, Money]]:
    return [(one.holder, one.part, one.amount) for one in payments if one.amount]


def test_that_the_own_account_is_first_then_the_wallet_then_the_payers_then_cash() -> None:
    purses: dict[str, list[Purse[Money]]] = {
        PurseKind.CASH: [CASH],
        PurseKind.MUTUAL_AID: [purse(PurseKind.MUTUAL_AID, "me", 1)],
        PurseKind.QUOTA: [purse(PurseKind.QUOTA, "me", 1)],
        PurseKind.WALLET: [purse(PurseKind.WALLET, "mum", 1)],
        PurseKind.OWN: [purse(PurseKind.OWN, "mum", 1)],
    }
    order = ("pool", "own_account", "wallet", "quota", "mutual_aid", "cash")
    assert [one.kind for one in in_turn(order, purses)] == list(PurseKind)
    assert [one.kind for one in in_turn(("mutual_aid", "own_account"), purses)] == [
        PurseKind.MUTUAL_AID,
        PurseKind.OWN,
    ]


def test_that_a_purse_pays_deductible_copay_upfront_and_out_of_scope_in_this_order() -> None:
    own = purse(PurseKind.OWN, "mum", 650, *BURDEN)
    found = paid(list(pay(owed(300, 200, 100, 400), [own, CASH])))
    assert found == [
        ("mum", Part.DEDUCTIBLE, yuan(300)),
        ("mum", Part.COPAY, yuan(200)),
        ("mum", Part.UPFRONT, yuan(100)),
        ("mum", Part.OUT_OF_SCOPE, yuan(50)),
        ("mum", Part.OUT_OF_SCOPE, yuan(350)),
    ]


def test_that_a_purse_leaves_the_parts_that_are_not_its_to_pay() -> None:
    payer = purse(PurseKind.MUTUAL_AID, "me", 1000)
    found = list(pay(owed(100, 200, 300, 400), [payer, CASH]))
    assert {one.part for one in found if one.holder == "me"} == set(IN_SCOPE)
    assert payer.balance == yuan(400)
    assert paid(found)[-1] == ("mum", Part.OUT_OF_SCOPE, yuan(400))


def test_that_each_payment_tells_what_the_purse_held_and_by_which_term_it_paid() -> None:
    payer = purse(PurseKind.MUTUAL_AID, "me", 250)
    first, second, *_ = pay(owed(200, 100), [payer])
    assert (first.had, second.had) == (yuan(250), yuan(50))
    assert (first.amount, second.amount) == (yuan(200), yuan(50))
    assert first.because.key == "pays.deductible"


def test_that_the_burden_is_what_no_fund_took() -> None:
    slices = [Slice(Part.OUT_OF_SCOPE, yuan(5)), Slice(Part.POOL, yuan(70)), Slice(Part.COPAY, yuan(30))]
    assert burden(slices, NOTHING) == owed(copay=30, own=5)


def test_that_critical_illness_insurance_relieves_the_copay_first_then_the_deductible() -> None:
    slices = [Slice(Part.DEDUCTIBLE, yuan(100)), Slice(Part.COPAY, yuan(50)), Slice(Part.CRITICAL, yuan(80))]
    assert burden(slices, NOTHING) == owed(deductible=70)
    assert burden([*slices[:2], Slice(Part.CRITICAL, yuan(30))], NOTHING) == owed(deductible=100, copay=20)


def test_that_cash_is_never_dry() -> None:
    assert CASH.draw(yuan(10**9)) == yuan(10**9)
    assert CASH.balance is None
