"""样式。Dresses the application: Fusion, palette, font and the style sheet filled from the tokens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop.ui.look.heard import let_be_heard
from desktop.ui.look.tokens import Kind, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.ui.look.look import Look

_NAME = re.compile(r"@([a-z][a-z_0-9]*)")
_ITEM_FRAME = 3  # what Fusion puts around the text of a cell, at every text size
_ROLES = {
    QPalette.ColorRole.Window: "canvas",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.ToolTipBase: "surface",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "text_3",
    QPalette.ColorRole.Highlight: "selected",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.Link: "primary",
    QPalette.ColorRole.LinkVisited: "primary",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line_strong",
    QPalette.ColorRole.Shadow: "line_strong",
}


def dress(app: QApplication, look: Look) -> None:
    """Dress the application now; `follow` keeps it dressed."""
    app.setPalette(palette(look))
    app.setFont(look.font(Kind.BODY))
    app.setStyleSheet(filled(look.template, names(look)))


def follow(app: QApplication, look: Look) -> None:
    """Fusion, told to screen readers, and dressed at each change of theme, text size or privacy."""
    app.setStyle(QStyleFactory.create("Fusion"))
    let_be_heard()
    dress(app, look)
    look.changed.connect(lambda: dress(app, look))


def palette(look: Look) -> QPalette:
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, look.colour(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, role, look.colour("text_3"))
    return made


def filled(template: str, values: Mapping[str, str]) -> str:
    """The style sheet; a name the tokens don't have is a `KeyError`."""
    return _NAME.sub(lambda found: values[found[1]], template)


def names(look: Look) -> dict[str, str]:
    """What a style sheet may name: colours, `space_…`, `size_…`, `radius_…`, `type_…`, `text_<source>`."""
    tokens = look.tokens
    sizes = {
        **{f"space_{name}": look.space(name) for name in tokens.space},
        **{f"size_{name}": look.size(name) for name in tokens.sizes},
        **{f"radius_{name}": look.radius(name) for name in tokens.radius},
        **{f"type_{kind}": look.px(given.size) for kind, given in tokens.types.items()},
        "hairline": look.hairline,
        "ring": look.ring,
        "cell_head": look.space("m") + _ITEM_FRAME,
    }
    edges = {"inner": look.hairline, "focus": look.ring}
    for name in ("control", "control_small", "min_target"):
        sizes |= {f"{kind}_{name}": look.size(name) - 2 * edge for kind, edge in edges.items()}
    return {
        **tokens.colours[look.theme],
        **{f"text_{source}": look.tint(source).text for source in Source},
        **{f"weight_{kind}": str(given.weight) for kind, given in tokens.types.items()},
        "bold": str(QFont.Weight.Bold.value),
        **{name: f"{size}px" for name, size in sizes.items()},
    }
