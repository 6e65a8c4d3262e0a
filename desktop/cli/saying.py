"""回答。Writes results to standard output, and what they mean as an exit code."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from desktop.domain.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable


def exit_code(findings: Iterable[Finding]) -> int:
    return 1 if any(one.severity is Severity.ERROR for one in findings) else 0


def say_lines(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


def say_json(result: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
