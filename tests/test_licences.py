"""What `grade` needs may be given on under its licence, and docs/licences.md has a row for each package."""

from __future__ import annotations

import pytest
from licences import ALLOWED, PAGE, Package, needed, parts_of, rows, written


@pytest.fixture(scope="module")
def packages() -> dict[str, Package]:
    return needed()


def test_every_licence_is_allowed(packages: dict[str, Package]) -> None:
    """Each of an expression is on the list; what is not installed was looked at where it was."""
    found = {name: one.licence for name, one in packages.items() if one.licence}
    assert len(found) > 25
    wrong = {name: text for name, text in found.items() if not set(parts_of(text)) <= ALLOWED}
    assert wrong == {}


def test_the_page_says_the_same(packages: dict[str, Package]) -> None:
    """Each package that is installed has its row; `python tests/licences.py` prints them anew.

    Rows of extras that are not installed stay as they are: there is nothing here to hold them against.
    """
    page = written()
    assert {name: row for name, row in rows(packages).items() if page.get(name) != row} == {}


def test_no_row_is_left_of_what_the_program_itself_no_longer_needs(packages: dict[str, Package]) -> None:
    """Of extras that are not installed it cannot be known."""
    assert [name for name, row in written().items() if "| `grade` |" in row and name not in packages] == []


def test_the_page_says_what_copyleft_asks(packages: dict[str, Package]) -> None:
    """Every package under the LGPL or MPL is named in words, not in the table alone."""
    words = "\n".join(line for line in PAGE.read_text(encoding="utf-8").splitlines() if not line.startswith("|"))
    copyleft = [name for name, one in packages.items() if any(sign in one.licence for sign in ("GPL", "MPL"))]
    assert copyleft
    assert [name for name in copyleft if name not in words] == []


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "AGPL-3.0-or-later", "unknown", "MIT AND SSPL-1.0"])
def test_another_licence_is_noticed(licence: str) -> None:
    """Strong copyleft, and what is not told."""
    assert not set(parts_of(licence)) <= ALLOWED
