"""设计标记。The typed reading of tokens.toml: colours, type, space and sizes, by name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Theme(StrEnum):
    LIGHT = "light"
    DARK = "dark"
    HC = "hc"


class Source(StrEnum):
    """Where money comes from, in the order of payment, which never changes."""

    FUND = "fund"  # 统筹基金
    OWN = "own"  # 本人账户
    SHARE = "share"  # 家庭共济
    CASH = "cash"  # 现金


class Verdict(StrEnum):
    """What a rule says; always shown as shape, word and colour together."""

    BAD = "bad"  # 不可以
    WARN = "warn"  # 需注意
    INFO = "info"  # 待确认
    OK = "ok"  # 可以


class Kind(StrEnum):
    """The sizes of type."""

    DISPLAY = "display"
    FIGURE = "figure"
    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    BODY_B = "body_b"
    TABLE = "table"
    CAPTION = "caption"


@dataclass(frozen=True, slots=True)
class TypeSize:
    size: int
    line: int
    weight: int


@dataclass(frozen=True, slots=True)
class Tint:
    """One colour of money in one theme: of its bar, of its words, and the pattern that stands for it."""

    label: str
    mark: str
    text: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Chart:
    line_width: float
    dash: tuple[float, ...]
    bar_gap: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """Everything the look is made of. Sizes are logical px at the standard text size."""

    default_theme: Theme
    colours: Mapping[Theme, Mapping[str, str]]
    sources: Mapping[Theme, Mapping[Source, Tint]]
    families: tuple[str, ...]
    types: Mapping[Kind, TypeSize]
    yen_ratio: float
    scales: tuple[float, ...]
    space: Mapping[str, int]
    sizes: Mapping[str, int]
    window_min: tuple[int, int]
    window_design: tuple[int, int]
    radius: Mapping[str, int]
    border: Mapping[str, int]
    chart: Chart
    text_pairs: tuple[tuple[str, str], ...]
    mark_pairs: tuple[tuple[str, str], ...]


def read_tokens(file: Path) -> Tokens:
    """A missing token is a `KeyError`: the file is ours, not a person's."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    size, chart = data["size"], data["chart"]
    return Tokens(
        default_theme=Theme(data["meta"]["default_theme"]),
        colours={theme: dict(data["color"][theme]) for theme in Theme},
        sources={theme: {s: _tint(data["source"][s], theme) for s in Source} for theme in Theme},
        families=tuple(data["font"]["ui"]),
        types={kind: TypeSize(*data["type"][kind]) for kind in Kind},
        yen_ratio=float(data["type"]["yen_ratio"]),
        scales=tuple(float(scale) for scale in data["type"]["scale"].values()),
        space=dict(data["space"]),
        sizes={name: value for name, value in size.items() if isinstance(value, int)},
        window_min=_pair(size["window_min"]),
        window_design=_pair(size["window_design"]),
        radius={name: int(value) for name, value in data["radius"].items()},
        border={name: int(value) for name, value in data["border"].items()},
        chart=Chart(chart["line_width"], tuple(chart["projection_dash"]), chart["bar_gap"]),
        text_pairs=tuple(_pair(pair) for pair in data["contrast"]["text"]),
        mark_pairs=tuple(_pair(pair) for pair in data["contrast"]["nontext"]),
    )


def _tint(source: Mapping[str, str], theme: Theme) -> Tint:
    return Tint(source["label"], source[theme], source[f"text_{theme}"], source["pattern"])


def _pair(two: list[Any]) -> tuple[Any, Any]:
    first, second = two
    return first, second
