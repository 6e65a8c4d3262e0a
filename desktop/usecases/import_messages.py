"""记入报文。Books settlement messages into a family document, all of them or none."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desktop.domain.care import Level, Visit
from desktop.domain.trouble import Fault, FileTrouble, InputRefused
from desktop.exchange.family_document import parse_family, read_family, write_family
from desktop.exchange.message_event import message_to_event
from desktop.exchange.messages import Dialect, Message, read_messages
from desktop.exchange.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from desktop.domain.family import Family


def import_messages(files: Sequence[Path], dialect: str) -> tuple[Message, ...]:
    """Read all files, or refuse them together with every fault. Raises `InputRefused`."""
    messages: list[Message] = []
    faults: list[Fault] = []
    for file in files:
        try:
            messages += read_messages(file, Dialect(dialect))
        except InputRefused as refused:
            faults += [replace(one, place=f"{file} {one.place}".strip()) for one in refused.faults]
        except FileTrouble as trouble:
            faults.append(Fault(str(file), trouble.what, trouble.todo))
    if faults:
        raise InputRefused("", faults)
    return tuple(messages)


def book_messages(
    messages: Sequence[Message],
    into: Path,
    today: date,
    *,
    patient: str | None = None,
    level: str | None = None,
) -> None:
    """Append each message to a family document as a visit. Raises `InputRefused`, `FileTrouble`."""
    family = read_family(into, today)
    visits: list[Visit] = []
    faults: list[Fault] = []
    taken = {event.id for event in family.events}
    for number, message in enumerate(messages, start=1):
        try:
            visit = _visit(message, family, number, patient, level)
        except InputRefused as refused:
            faults += [replace(one, place=f"{message.file} {one.place}".strip()) for one in refused.faults]
            continue
        if visit.id in taken:
            faults.append(Fault(message.file, f"“{visit.id}”已经记过了", "去掉这份报文再记"))
        taken.add(visit.id)
        visits.append(visit)
    if faults:
        raise InputRefused(str(into), faults)
    append_events(into, replace(family, events=tuple(visits)), today)


def append_events(into: Path, added: Family, today: date) -> None:
    """Write the events of `added` after those of a document, which stays otherwise as people wrote it.

    Raises `InputRefused`, `FileTrouble`.
    """
    document: dict[str, Any] = json.loads(into.read_bytes().decode("utf-8-sig"))
    document["events"] = [*document.get("events", []), *write_family(added)["events"]]
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    parse_family(text.encode(), str(into), today)
    write_whole(into, text)


def _visit(message: Message, family: Family, number: int, patient: str | None, level: str | None) -> Visit:
    person = patient or _by_name(message, family)
    if person not in {one.id for one in family.people}:
        raise InputRefused(
            message.file, [Fault("", f"没有 id 是“{person}”的人", "用 --patient 写家庭文件里的 id")]
        )
    name = str(message.setlinfo.get("setl_id") or f"message-{number}")
    areas = [one.area for one in family.person(person).coverage]
    return message_to_event(
        message,
        event_id=name,
        patient=person,
        area=areas[-1] if areas else "",
        level=Level(level) if level is not None else None,
    )


def _by_name(message: Message, family: Family) -> str:
    name = message.setlinfo.get("psn_name")
    found = [person.id for person in family.people if person.name == name]
    if len(found) != 1:
        raise InputRefused(
            message.file, [Fault("psn_name", "按姓名找不到唯一的家人", "用 --patient 写明是谁")]
        )
    return found[0]
