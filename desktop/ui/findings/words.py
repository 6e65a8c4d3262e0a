"""依据的字。What a clause rests on, as lines with captions: 条款，文件，生效，来源，另说，之前."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from desktop.usecases.basis import Basis

_tr = QCoreApplication.translate


def basis_lines(known: Basis) -> tuple[tuple[str, str], ...]:
    since = _tr("Basis", "{day} 起").format(day=known.since) if known.since is not None else ""
    sure = _tr("Basis", "{kind}，可信度{sure}").format(kind=known.kind, sure=known.confidence)
    lines = [
        (_tr("Basis", "条款"), known.says),
        (_tr("Basis", "文件"), f"{known.title}，{known.number}" if known.number else known.title),
        (_tr("Basis", "生效"), since),
        (_tr("Basis", "来源"), sure),
        *((_tr("Basis", "另说"), other) for other in known.others),
    ]
    if known.before is not None:
        says, until = known.before
        before = _tr("Basis", "{says}（至 {day}）").format(says=says, day=until)
        lines.append((_tr("Basis", "之前"), before))
    return tuple((caption, words) for caption, words in lines if words)
