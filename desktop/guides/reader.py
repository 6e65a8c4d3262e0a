"""读取办事指南。Reads a folder of guides from TOML against the packs, and reports every fault at once."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, Field, TypeAdapter

from desktop.domain.clause import Confidence
from desktop.domain.trouble import Fault, FileTrouble, InputRefused
from desktop.guides.guide import (
    FILLED,
    GROUPS,
    Ask,
    Case,
    Deadline,
    ForWhom,
    Guide,
    Paper,
    Place,
    Sentence,
    Step,
    Unit,
    Wait,
)
from desktop.policy.pack import Source, SourceKind
from desktop.policy.toml_form import STRICT, Word, read_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from desktop.policy.pack import Pack

_SOURCES = "sources.toml"
_IN_BRACES = re.compile(r"\{([^{}]*)\}")
_QUOTED = re.compile(r"(?P<key>[a-z_]+\.[a-z_0-9]+)(?P<entry>(?::[a-z_0-9]+)*)(?:@(?P<channel>[a-z_]+))?")
_NONE = Source("", "", SourceKind.PROGRAM)

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Says = Annotated[str, Field(min_length=1, max_length=160, description="一两句话，数字写成花括号里的键")]
Title = Annotated[str, Field(min_length=1, max_length=30)]
Group = Literal["绑定", "跨省共济", "参保", "缴费与退费", "转移", "退休", "账户结清"]
Way = Literal["网上", "窗口", "电话"]
Go = Literal["", "overview", "family", "visits", "ledger", "planning", "findings", "policies"]
Records = Literal[
    "",
    "premium",
    "refund",
    "wallet_transfer",
    "wallet_quota",
    "enrolment",
    "arrears",
    "transfer",
    "retirement",
    "death",
    "payout",
]
"""Types of events as the family document names them."""


RecordedAs = Literal[
    "",
    "employee",
    "flexible",
    "resident",
    "newborn",
    "student",
    "inheritance",
    "emigration",
    "not_transferable",
    "old_card",
    "other",
]


class Quoted(NamedTuple):
    """What stands in braces: a key, an entry of its table, a channel."""

    key: str
    entry: tuple[str, ...] = ()
    channel: str = ""


def quoted(written: str) -> Quoted | None:
    """
    >>> quoted("premium.refund_until@premium_proxy")
    Quoted(key='premium.refund_until', entry=(), channel='premium_proxy')
    >>> quoted("employee_outpatient.ceiling:retired").entry, quoted("origin")
    (('retired',), None)
    """
    found = _QUOTED.fullmatch(written)
    if found is None:
        return None
    return Quoted(found["key"], tuple(found["entry"].split(":")[1:]), found["channel"] or "")


def in_braces(says: str) -> tuple[str, ...]:
    """What a sentence leaves to be filled in, each once."""
    return tuple(dict.fromkeys(_IN_BRACES.findall(says)))


class _Form(BaseModel):
    model_config = STRICT


class SourceForm(_Form):
    """依据：题名和文号，不写网址。"""

    title: Word
    number: str = ""
    issued: date | None = None
    kind: Annotated[SourceKind, Field(strict=False)]


class SentenceForm(_Form):
    """一句话和它的依据。"""

    says: Says
    source: Word
    confidence: Annotated[Confidence, Field(strict=False)] = Confidence.HIGH
    disputed: str = ""


class CaseForm(SentenceForm):
    """一种人，或一种情形。"""

    id: Id
    title: Title


class WaitForm(_Form):
    """最多要多久：政策包的键，和怎样数。"""

    key: Word
    unit: Annotated[Unit, Field(strict=False)]
    label: Title
    place: Literal["", "origin", "destination", "area"] = ""


class StepForm(SentenceForm):
    """一步。"""

    id: Id
    title: Title
    who: Word
    cases: list[Id] = []
    wait: WaitForm | None = None
    submits: bool = False
    go: Go = ""
    ticked: Title = "已完成"


class PaperForm(SentenceForm):
    """一份材料。"""

    id: Id
    title: Title
    need: Title
    cases: list[Id] = []


class PlaceForm(SentenceForm):
    """一个去处。area 是行政区划代码的前两位或前四位。"""

    way: Way
    area: Annotated[str, Field(pattern=r"^([0-9]{2}){0,2}$")] = ""
    verify: bool = False


class DeadlineForm(SentenceForm):
    """一个期限：政策包的键。"""

    key: Word
    title: Title
    channel: str = ""
    cases: list[Id] = []


class GuideForm(SentenceForm):
    """一份办事指南，文件名就是它的 id。"""

    group: Group
    order: Annotated[int, Field(ge=1, description="在这一组里排第几")]
    title: Title
    step: Annotated[list[StepForm], Field(min_length=1)]
    paper: list[PaperForm] = []
    place: list[PlaceForm] = []
    deadline: list[DeadlineForm] = []
    effect: list[SentenceForm] = []
    note: list[SentenceForm] = []
    case: list[CaseForm] = []
    asks: list[Annotated[Ask, Field(strict=False)]] = []
    records: Records = ""
    recorded_as: RecordedAs = ""
    for_whom: Annotated[ForWhom, Field(strict=False)] = ForWhom.ANYONE
    words: list[Word] = []
    overdue: SentenceForm | None = None
    source_of: Annotated[dict[str, SourceForm], Field(alias="sources")] = {}


class SourcesFile(_Form):
    """sources.toml。"""

    source: dict[str, SourceForm]


_GUIDE, _SHARED = TypeAdapter(GuideForm), TypeAdapter(SourcesFile)


def schemas() -> dict[str, dict[str, Any]]:
    """JSON Schema of each kind of file in the folder, for editors."""
    return {"guide": GuideForm.model_json_schema(), "guide-sources": SourcesFile.model_json_schema()}


def read_guides(folder: Path, packs: Iterable[Pack]) -> tuple[Guide, ...]:
    """All guides of a folder, by group and their order in it. Raises `InputRefused`, `FileTrouble`."""
    if not (folder / _SOURCES).is_file():
        raise FileTrouble(str(folder), "这里没有办事指南", f"请给出含有 {_SOURCES} 的文件夹")
    faults: list[Fault] = []
    shared = _sources(read_form(folder / _SOURCES, _SHARED, faults))
    channels = _channels(packs)
    guides: dict[tuple[int, int], Guide] = {}
    for path in sorted(folder.glob("*.toml")):
        form = None if path.name == _SOURCES else read_form(path, _GUIDE, faults)
        if form is not None:
            made, place = _GuideMaker(path.name, shared, channels), (GROUPS.index(form.group), form.order)
            guide = made.guide(form)
            faults += made.faults
            if place in guides:
                what = f"“{form.group}”里已有排第 {form.order} 的 {guides[place].id}.toml"
                faults.append(Fault(f"{path.name} order", what, "同一组里各不相同"))
            guides[place] = guide
    if faults:
        raise InputRefused(str(folder), faults)
    return tuple(guides[place] for place in sorted(guides))


def _channels(packs: Iterable[Pack]) -> dict[str, set[str]]:
    """For which channels each key has a value; the empty one stands for all."""
    channels: dict[str, set[str]] = {}
    for pack in packs:
        for key, blocks in pack.blocks.items():
            channels.setdefault(key, set()).update(block.channel for block in blocks)
    return channels


def _sources(form: SourcesFile | None) -> dict[str, Source]:
    return _declared(form.source) if form is not None else {}


def _declared(forms: Mapping[str, SourceForm]) -> dict[str, Source]:
    return {name: Source(name, one.title, one.kind, one.number, one.issued) for name, one in forms.items()}


class _GuideMaker:
    """Makes a guide of one file's form, gathering what makes no sense in it."""

    def __init__(self, file: str, shared: Mapping[str, Source], channels: Mapping[str, set[str]]) -> None:
        self.faults: list[Fault] = []
        self._file = file
        self._sources = dict(shared)
        self._channels = channels

    def guide(self, form: GuideForm) -> Guide:
        self._sources |= _declared(form.source_of)
        for fault in _sense(form):
            self._fault(*fault)
        return Guide(
            id=self._file.removesuffix(".toml"),
            group=form.group,
            title=self._filled("title", form.title),
            says=self._sentence("", form),
            steps=tuple(self._step(place, one) for place, one in enumerate(form.step)),
            papers=tuple(self._paper(place, one) for place, one in enumerate(form.paper)),
            places=tuple(
                Place(one.way, self._sentence(f"place[{place}]", one), one.area, one.verify)
                for place, one in enumerate(form.place)
            ),
            deadlines=tuple(self._deadline(place, one) for place, one in enumerate(form.deadline)),
            effects=self._sentences("effect", form.effect),
            notes=self._sentences("note", form.note),
            cases=tuple(
                Case(one.id, one.title, self._sentence(f"case[{place}]", one))
                for place, one in enumerate(form.case)
            ),
            asks=tuple(form.asks),
            records=form.records,
            recorded_as=form.recorded_as,
            for_whom=form.for_whom,
            words=tuple(form.words),
            overdue=self._sentence("overdue", form.overdue) if form.overdue is not None else None,
        )

    def _step(self, place: int, form: StepForm) -> Step:
        where = f"step[{place}]"
        if form.wait is not None:
            self._known(f"{where}.wait.key", Quoted(form.wait.key))
        return Step(
            id=form.id,
            title=self._filled(f"{where}.title", form.title),
            says=self._sentence(where, form),
            who=form.who,
            cases=tuple(form.cases),
            wait=Wait(form.wait.key, form.wait.unit, form.wait.label, form.wait.place) if form.wait else None,
            submits=form.submits,
            go=form.go,
            ticked=form.ticked,
        )

    def _paper(self, place: int, form: PaperForm) -> Paper:
        where = f"paper[{place}]"
        title = self._filled(f"{where}.title", form.title)
        return Paper(form.id, title, form.need, self._sentence(where, form), tuple(form.cases))

    def _deadline(self, place: int, form: DeadlineForm) -> Deadline:
        where = f"deadline[{place}]"
        self._known(f"{where}.key", Quoted(form.key, (), form.channel))
        says = self._sentence(where, form)
        return Deadline(form.key, form.title, says, form.channel, tuple(form.cases))

    def _sentences(self, name: str, forms: Sequence[SentenceForm]) -> tuple[Sentence, ...]:
        return tuple(self._sentence(f"{name}[{place}]", one) for place, one in enumerate(forms))

    def _sentence(self, where: str, form: SentenceForm) -> Sentence:
        source = self._sources.get(form.source)
        if source is None:
            todo = f"请在 {_SOURCES} 写 [source.{form.source}]，或在这份文件写 [sources.{form.source}]"
            self._fault(f"{where}.source", f"没有声明来源“{form.source}”", todo)
        self._filled(f"{where}.says", form.says)
        rests_on = tuple(one for one in in_braces(form.says) if one not in FILLED)
        return Sentence(form.says, source or _NONE, form.confidence, form.disputed, rests_on)

    def _filled(self, where: str, says: str) -> str:
        """Whatever stands in braces can be filled in."""
        for one in in_braces(says):
            asked = quoted(one)
            if asked is not None:
                self._known(where, asked)
            elif one not in FILLED:
                self._fault(where, f"{{{one}}} 填不出来", f"花括号里写政策包的键，或 {'、'.join(FILLED)}")
        if "{" in _IN_BRACES.sub("", says) or "}" in _IN_BRACES.sub("", says):
            self._fault(where, "花括号没有成对", "请改正")
        return says

    def _known(self, where: str, asked: Quoted) -> None:
        """Some pack has the key, for every channel or for the one that is asked."""
        held = self._channels.get(asked.key)
        if held is None:
            self._fault(where, f"没有一个政策包有“{asked.key}”", "请改正键名，或先在政策包里写上它")
        elif not held & {"", asked.channel}:
            self._fault(where, f"“{asked.key}”各渠道不同", f"请写明渠道：{'、'.join(sorted(held))}")

    def _fault(self, where: str, what: str, todo: str) -> None:
        self.faults.append(Fault(f"{self._file} {where.removeprefix('.')}", what, todo))


def _sense(form: GuideForm) -> Iterator[tuple[str, str, str]]:
    """What no single field shows: where, what, what to do."""
    yield from _ids_twice("step", form.step)
    yield from _ids_twice("paper", form.paper)
    yield from _ids_twice("case", form.case)
    cases = {one.id for one in form.case}
    for where, named in _cases_named(form):
        for one in named:
            if one not in cases:
                yield f"{where}.cases", f"没有“{one}”这种情形", "请写 [[case]] 里的 id"
    for place, step in enumerate(form.step):
        if step.wait is not None and step.wait.place and step.wait.place not in form.asks:
            asked = step.wait.place
            yield f"step[{place}].wait.place", f"没有问 {asked}", f'请在 asks 里写上 "{asked}"'


def _ids_twice(name: str, forms: Sequence[StepForm | PaperForm | CaseForm]) -> Iterator[tuple[str, str, str]]:
    for place, form in enumerate(forms):
        if form.id in {other.id for other in forms[:place]}:
            yield f"{name}[{place}].id", f"“{form.id}”已经用过了", "同一份指南里各不相同"


def _cases_named(form: GuideForm) -> Iterator[tuple[str, list[str]]]:
    for place, step in enumerate(form.step):
        yield f"step[{place}]", step.cases
    for place, paper in enumerate(form.paper):
        yield f"paper[{place}]", paper.cases
    for place, deadline in enumerate(form.deadline):
        yield f"deadline[{place}]", deadline.cases
