"""办理事项的文件。What is done at the office, and errands on the way: forms into matters; and back."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any, get_args

from pydantic import Field, TypeAdapter

from desktop.domain.errand import Errand
from desktop.domain.event import Matter
from desktop.domain.matter import AccountTransfer, ArrearsPaid, Death, Enrolment, Payout, Retirement
from desktop.domain.money import Money
from desktop.domain.wallet import WalletQuota, WalletTransfer
from desktop.exchange.family_form import (
    ArrearsForm,
    DeathForm,
    EnrolmentForm,
    ErrandForm,
    MatterForm,
    PayoutForm,
    RetirementForm,
    TransferForm,
    WalletQuotaForm,
    WalletTransferForm,
)

Pairs = Iterator[tuple[str, Any]]


def said(**fields: Any) -> dict[str, Any]:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in ("", None, [])}


def write_money(money: Money | None) -> str | None:
    return None if money is None else str(money)


_FORMS: Mapping[type[Matter], type[MatterForm]] = {
    WalletTransfer: WalletTransferForm,
    WalletQuota: WalletQuotaForm,
    Enrolment: EnrolmentForm,
    ArrearsPaid: ArrearsForm,
    AccountTransfer: TransferForm,
    Retirement: RetirementForm,
    Death: DeathForm,
    Payout: PayoutForm,
}
"""A form has the very fields of its record, but for `type` and the moment `at`."""
_RECORDS = {form: record for record, form in _FORMS.items()}
_ANY: TypeAdapter[MatterForm] = TypeAdapter(Annotated[MatterForm, Field(discriminator="type")])


# ------------------------------------------------------------------------------------------- form to domain


def read_matter(document: object) -> Matter:
    """What `write_matter` wrote, with its note. Raises `ValueError` for anything else."""
    form = _ANY.validate_python(document)
    return matter_from(form, *moment_from(form.on))


def moment_from(written: date | datetime) -> tuple[date, datetime | None]:
    return (written.date(), written) if isinstance(written, datetime) else (written, None)


def matter_from(form: MatterForm, on: date, at: datetime | None) -> Matter:
    fields: dict[str, Any] = dict(form)
    del fields["type"]
    record: Callable[..., Matter] = _RECORDS[type(form)]
    return record(**fields | {"on": on, "at": at})


def read_errand(document: object) -> Errand:
    """What `write_errand` wrote. Raises `ValueError` for anything else."""
    return errand_from(ErrandForm.model_validate(document))


def errand_from(form: ErrandForm) -> Errand:
    return Errand(
        *(form.id, form.guide, form.person, form.begun, form.case),
        *(tuple(form.done.items()), tuple(form.papers), tuple(form.answers.items()), form.starts_on),
    )


# ------------------------------------------------------------------------------------------- domain to form


def write_matter(matter: Matter) -> dict[str, Any]:
    """What is at its default is left out."""
    form = _FORMS[type(matter)]
    return {
        **{"id": matter.id, "type": type_of(matter), "on": (matter.at or matter.on).isoformat()},
        **{
            field.alias or name: _plain(getattr(matter, name))
            for name, field in form.model_fields.items()
            if name not in {"id", "type", "on", "note"} and getattr(matter, name) != field.default
        },
        **said(note=matter.note),
    }


def type_of(matter: Matter) -> str:
    """What its `type` is in a document."""
    (word,) = get_args(_FORMS[type(matter)].model_fields["type"].annotation)
    return str(word)


def _plain(value: object) -> str | bool:
    return value if isinstance(value, bool) else str(value)


def write_errand(errand: Errand) -> dict[str, Any]:
    starts_on = None if errand.starts_on is None else str(errand.starts_on)
    return {
        **{"id": errand.id, "guide": errand.guide, "person": errand.person, "begun": str(errand.begun)},
        **said(case=errand.case),
        **({"done": {step: str(day) for step, day in errand.done}} if errand.done else {}),
        **said(papers=[*errand.papers]),
        **({"answers": dict(errand.answers)} if errand.answers else {}),
        **said(starts_on=starts_on),
    }
