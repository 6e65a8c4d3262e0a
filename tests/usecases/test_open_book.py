"""打开政策书。A folder of packs laid over the program's own says what it would change for a family."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.domain.plan import Plan, Recurring, Rhythm
from desktop.domain.trouble import FileTrouble
from desktop.usecases.compare_packs import changes_between
from desktop.usecases.open_book import book_with
from tests.families import bound, charged, family, resident, shipped, visit, worker

HEAD = (
    'id = "cn-4301"\ntitle = "长沙"\nversion = "test"\nsequence = 9\n'
    "covers = { from = 2022-01-01, until = 2026-12-31 }\nchecked_on = 2026-03-31\n"
    '[source.a]\ntitle = "试"\nkind = "program"\n'
)
RULE = '[[deductible]]\nfrom = 2022-10-01\nvalue = 0.00\nsource = "a"\nsays = "不设起付线"\n'


def test_that_a_new_pack_shows_what_it_changes_for_a_family(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text(HEAD, "utf-8")
    (tmp_path / "employee_outpatient.toml").write_text(RULE, "utf-8")
    monthly = Recurring(visit("v", date(2026, 1, 5), "me", charged(500)), Rhythm.MONTH)
    ours = replace(
        family(worker(), resident(), bindings=(bound(),)), as_of=date(2025, 12, 20), plan=Plan((monthly,))
    )
    found = changes_between(ours, shipped(), book_with(shipped(), tmp_path), date(2026, 1, 1))
    assert "employee_outpatient.deductible" in {one.key for one in found.rules}


def test_that_a_folder_without_packs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble):
        book_with(shipped(), tmp_path)
