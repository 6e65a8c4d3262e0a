"""布局。The top level holds what was agreed and nothing else; no file knows where it was written."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

FOLDERS = {".ci", "db", "desktop", "resources", "tests"}
FILES = {
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "README.zh-CN.md",
    "build.spec",
    "pyproject.toml",
    "requirements.lock",
}

# Written with [x] for x, so that this file does not find itself.
OF_ONE_MACHINE = re.compile(
    r"""
      (?<![\w.$}>-]) / (?: [w]ork | [r]oot | [h]ome | [U]sers ) / \w    # an absolute path
    | \.\. ["', /]+ [s]hared \b | \. [l]ibrary / (?: env | search )     # folders beside one checkout
    | [p]ypi\.org | [p]ythonhosted | [d]eb\.debian\.org | [r]egistry\.npmjs
    """,
    re.VERBOSE,
)


@pytest.fixture(scope="module")
def files() -> list[Path]:
    """Every file that is committed, or would be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_that_the_top_level_is_the_agreed_one(files: list[Path]) -> None:
    assert {file.name for file in files if len(file.parts) == 1} == FILES
    assert {file.parts[0] for file in files if len(file.parts) > 1} == FOLDERS


def test_that_resources_hold_no_python(files: list[Path]) -> None:
    assert [file for file in files if file.parts[0] == "resources" and file.suffix == ".py"] == []


def test_that_no_file_names_the_machine_it_was_written_on(files: list[Path]) -> None:
    told = [
        f"{file}:{number}: {found[0]}"
        for file in files
        for number, line in enumerate((ROOT / file).read_text("utf-8", "replace").splitlines(), start=1)
        if (found := OF_ONE_MACHINE.search(line))
    ]
    assert told == []


def test_that_the_lock_pins_everything_by_hash_and_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    entries = [entry for entry in re.split(r"^(?=\w)", lock, flags=re.MULTILINE) if entry[0] != "#"]
    assert "://" not in lock
    assert not re.search(r"^\s*--(?!hash=)", lock, flags=re.MULTILINE)
    assert [entry for entry in entries if not re.match(r"[\w.-]+==\S+.*\\\n\s+--hash=sha256:", entry)] == []
