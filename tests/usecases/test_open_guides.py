"""翻开指南测试。The program's own guides, or why they cannot be read with the packs at hand."""

from desktop.policy.book import Book
from desktop.usecases.open_guides import guides_at_hand
from tests.families import RESOURCES, shipped


def test_that_the_guides_are_read_with_the_packs_of_the_program() -> None:
    found = guides_at_hand(RESOURCES, shipped())
    assert found.read
    assert found.trouble == ""


def test_that_packs_that_lack_what_is_quoted_leave_no_guide_and_say_why() -> None:
    found = guides_at_hand(RESOURCES, Book(()))
    assert found.read == ()
    assert "transfer.out_days" in found.trouble
