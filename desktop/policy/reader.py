"""读取政策包。Reads packs from TOML and reports every fault at once, with file and key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, Field, TypeAdapter

from desktop.domain.clause import Confidence
from desktop.domain.trouble import Fault, FileTrouble, InputRefused
from desktop.policy.pack import Block, Dispute, NotModelled, Pack, Refused, Source, SourceKind, Value
from desktop.policy.toml_form import STRICT, Word, read_form
from desktop.policy.value_kinds import wrong_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_NOT_TOPICS = {"pack.toml", "rejected.toml", "not_modelled.toml"}
_DAY = timedelta(days=1)

Says = Annotated[str, Field(min_length=1, max_length=80, description="规则原意，一句话")]
Channel = Literal["", "in_province", "premium_proxy", "wallet_transfer", "wallet_quota"]


class _Form(BaseModel):
    model_config = STRICT


class CoversForm(_Form):
    """适用期间，首尾两日都在内。"""

    since: date = Field(alias="from")
    until: date


class SourceForm(_Form):
    """依据：题名和文号，不写网址。"""

    title: Word
    number: str = ""
    issued: date | None = None
    kind: Annotated[SourceKind, Field(strict=False)]


class DisputeForm(_Form):
    """另一种说法。"""

    value: Any
    source: Word
    says: Says


class BlockForm(_Form):
    """一个值，自某日起。未公布的写 unpublished = true，不写 value。"""

    since: date = Field(alias="from")
    until: date | None = Field(default=None, alias="to")
    value: Any = None
    unpublished: bool = False
    source: Word
    says: Says
    unit: str = ""
    channel: Channel = ""
    confidence: Annotated[Confidence, Field(strict=False)] = Confidence.HIGH
    confidence_of: dict[str, Annotated[Confidence, Field(strict=False)]] = {}
    disputed: list[DisputeForm] = []
    rows: list[str] = []
    floor: bool = False
    note: str = ""


class HeadForm(_Form):
    """pack.toml。"""

    id: Annotated[str, Field(pattern=r"^cn(-[0-9]{2}([0-9]{2})?)?$|^cn-[0-9]{6}$")]
    title: Word
    version: Word
    sequence: Annotated[int, Field(ge=1)]
    covers: CoversForm
    checked_on: date
    source: dict[str, SourceForm]


class RefusedForm(_Form):
    """看过而没有采用的说法。"""

    says: Word
    source: Word
    reason: Word
    rows: list[str] = []
    contradiction: str = ""


class NotModelledForm(_Form):
    """不参与计算的事实，以及原因。"""

    rows: list[str]
    says: Word
    reason: Word


class RejectedFile(_Form):
    rejected: list[RefusedForm]


class NotModelledFile(_Form):
    not_modelled: list[NotModelledForm]


_TOPIC = TypeAdapter(dict[str, list[BlockForm]])


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema of each kind of file in a pack, by file name, for editors."""
    return {
        "head": HeadForm.model_json_schema(),
        "topic": _TOPIC.json_schema(),
        "rejected": RejectedFile.model_json_schema(),
        "not_modelled": NotModelledFile.model_json_schema(),
    }


def read_packs(folder: Path) -> list[Pack]:
    """`folder`: a pack (it has a `pack.toml`) or a folder of packs. Raises `InputRefused`, `FileTrouble`."""
    if (folder / "pack.toml").is_file():
        folders = [folder]
    elif folder.is_dir():
        folders = sorted(one.parent for one in folder.glob("*/pack.toml"))
    else:
        folders = []
    if not folders:
        raise FileTrouble(
            str(folder), "这里没有政策包", "请给出含有 pack.toml 的文件夹，或装着这些文件夹的文件夹"
        )
    packs: list[Pack] = []
    faults: list[Fault] = []
    for one in folders:
        try:
            pack = _PackReader(one).read()
            if pack.id in {other.id for other in packs}:
                faults.append(
                    Fault(f"{one.name}/pack.toml id", f"“{pack.id}”已经有一个包了", "每个包的 id 各不相同")
                )
            packs.append(pack)
        except InputRefused as refused:
            faults += [replace(fault, place=f"{one.name}/{fault.place}") for fault in refused.faults]
    if faults:
        raise InputRefused(str(folder), faults)
    return packs


class _PackReader:
    """Reads one folder, gathering faults as it goes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._faults: list[Fault] = []
        self._sources: dict[str, Source] = {}

    def read(self) -> Pack:
        head = self._form("pack.toml", TypeAdapter(HeadForm))
        if head is None:
            raise InputRefused(str(self._folder), self._faults)
        self._sources = {
            name: Source(name, one.title, one.kind, one.number, one.issued)
            for name, one in head.source.items()
        }
        blocks: dict[str, tuple[Block, ...]] = {}
        for path in sorted(self._folder.glob("*.toml")):
            if path.name not in _NOT_TOPICS:
                blocks |= self._topic(path.name)
        refused, not_modelled = self._refused(), self._not_modelled()
        if head.covers.until < head.covers.since:
            self._fault("pack.toml", "covers", "until 早于 from", "请改正日期")
        if self._faults:
            raise InputRefused(str(self._folder), self._faults)
        return Pack(
            id=head.id,
            title=head.title,
            version=head.version,
            sequence=head.sequence,
            covers_from=head.covers.since,
            covers_until=head.covers.until,
            checked_on=head.checked_on,
            blocks=blocks,
            refused=refused,
            not_modelled=not_modelled,
        )

    def _topic(self, name: str) -> dict[str, tuple[Block, ...]]:
        form = self._form(name, _TOPIC)
        topic = name.removesuffix(".toml")
        return {
            f"{topic}.{term}": self._history(name, f"{topic}.{term}", blocks)
            for term, blocks in (form or {}).items()
        }

    def _history(self, file: str, key: str, forms: Sequence[BlockForm]) -> tuple[Block, ...]:
        term = key.partition(".")[2]
        history: list[Block] = []
        for place, form in enumerate(forms):
            where = f"{term}[{place}]"
            if (form.value is None) != form.unpublished:
                self._fault(file, where, "value 与 unpublished 只能有一个", "写出值，或写 unpublished = true")
            if form.until is not None and form.until < form.since:
                self._fault(file, where, "to 早于 from", "请改正日期")
            history.append(
                Block(
                    key=key,
                    since=form.since,
                    until=form.until,
                    value=None
                    if form.value is None
                    else self._value(file, key, f"{where}.value", form.value),
                    source=self._source(file, f"{where}.source", form.source),
                    says=form.says,
                    unit=form.unit,
                    channel=form.channel,
                    confidence=form.confidence,
                    weaker=form.confidence_of,
                    disputed=tuple(self._disputes(file, key, where, form.disputed)),
                    rows=tuple(form.rows),
                    floor=form.floor,
                    note=form.note,
                )
            )
        return tuple(self._in_time(file, term, history))

    def _in_time(self, file: str, term: str, history: Sequence[Block]) -> Iterator[Block]:
        """Closes each open block on the day before the next of its channel; gaps and overlaps are faults."""
        for place, block in enumerate(history):
            following = next((one for one in history[place + 1 :] if one.channel == block.channel), None)
            if following is None:
                yield block
                continue
            end = block.until or following.since - _DAY
            if following.since <= block.since or end >= following.since:
                self._fault(
                    file,
                    term,
                    f"{following.since} 起的一条与 {block.since} 起的一条重叠",
                    "同一天只能有一个值",
                )
            elif end + _DAY != following.since:
                self._fault(
                    file,
                    term,
                    f"{end} 之后到 {following.since} 之前没有值",
                    "补上这段日子，或写 unpublished = true",
                )
            yield replace(block, until=end)

    def _disputes(self, file: str, key: str, where: str, forms: Sequence[DisputeForm]) -> Iterator[Dispute]:
        for place, form in enumerate(forms):
            here = f"{where}.disputed[{place}]"
            yield Dispute(
                value=self._value(file, key, f"{here}.value", form.value),
                source=self._source(file, f"{here}.source", form.source),
                says=form.says,
            )

    def _value(self, file: str, key: str, where: str, raw: Any) -> Value:
        value: Value = _frozen(raw)
        for wrong in wrong_values(key, value):
            self._fault(file, where, wrong, "请照已有的写法改正")
        return value

    def _source(self, file: str, where: str, name: str) -> Source:
        if name not in self._sources:
            self._fault(file, where, f"没有声明来源“{name}”", f"请在 pack.toml 写 [source.{name}]")
        return self._sources.get(name, Source(name, name, SourceKind.COMPILED))

    def _refused(self) -> tuple[Refused, ...]:
        form = self._form("rejected.toml", TypeAdapter(RejectedFile), optional=True)
        return tuple(
            Refused(
                one.says,
                self._source("rejected.toml", f"rejected[{place}].source", one.source),
                one.reason,
                tuple(one.rows),
                one.contradiction,
            )
            for place, one in enumerate(form.rejected if form else [])
        )

    def _not_modelled(self) -> tuple[NotModelled, ...]:
        form = self._form("not_modelled.toml", TypeAdapter(NotModelledFile), optional=True)
        return tuple(
            NotModelled(tuple(one.rows), one.says, one.reason) for one in (form.not_modelled if form else [])
        )

    def _form(self, name: str, adapter: TypeAdapter[Any], *, optional: bool = False) -> Any:
        path = self._folder / name
        if optional and not path.exists():
            return None
        return read_form(path, adapter, self._faults)

    def _fault(self, file: str, where: str, what: str, todo: str) -> None:
        self._faults.append(Fault(f"{file} {where}".strip(), what, todo))


def _frozen(raw: Any) -> Any:
    if isinstance(raw, dict):
        return {name: _frozen(one) for name, one in raw.items()}
    return tuple(_frozen(one) for one in raw) if isinstance(raw, list) else raw
