"""Large runs: pages by model, none over its budget, and every result on exactly one of them."""

from __future__ import annotations

import re
from dataclasses import replace
from posixpath import dirname, join, normpath

import pytest
from html_check import Page
from report_sample import SCRIPT

from grader.records import Run
from grader.reports import Pages

BUDGET = 260_000
COPIES = 12


@pytest.fixture(scope="module")
def many(talks: Run) -> Run:
    """Twelve copies of the sample run: three models, one with a hostile name, one not recorded."""
    models = ("Model A", SCRIPT, "")
    results, subjects, conversations = [], [], []
    for copy in range(COPIES):
        names = {subject: f"{subject} {copy}" for subject in talks.subjects}
        subjects += names.values()
        results += [replace(one, claim=replace(one.claim, subject=names[one.claim.subject])) for one in talks.results]
        conversations += [replace(talk, id=names[talk.id], model=models[copy % 3]) for talk in talks.conversations]
    return replace(talks, subjects=tuple(subjects), results=tuple(results), conversations=tuple(conversations))


@pytest.fixture(scope="module")
def files(many: Run) -> dict[str, str]:
    from report_sample import FakeType

    from grader.analysis import equality

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(equality, "answer_type", lambda name: FakeType())
        return dict(Pages(many).hints_files(BUDGET))


def test_a_run_that_fits_is_one_file(talks: Run) -> None:
    assert [name for name, _ in Pages(talks).hints_files()] == ["hints.html"]


def test_a_larger_one_is_divided_by_model_and_the_first_page_comes_last(files: dict[str, str]) -> None:
    names = list(files)
    assert names[-1] == "hints.html" and len(names) > 4
    assert all(re.fullmatch(r"hints/[a-z0-9-]+\.html", name) for name in names[:-1])


def test_no_file_is_over_the_budget(files: dict[str, str]) -> None:
    assert max(len(text.encode()) for text in files.values()) <= BUDGET


def test_every_result_is_on_exactly_one_page(many: Run, files: dict[str, str]) -> None:
    """As a cell of a grid: given there, or carried on."""
    cells = [cell for text in files.values() for cell in re.findall(r'<(?:a|span) class="cell s-', text)]
    assert len(cells) == len(many.results)
    drawers = [one for text in files.values() for one in re.findall(r'class="drawer" id="(cell-[^"]*)"', text)]
    given = [one for one in many.results if not one.claim.carried and one.claim.text]
    assert len(drawers) == len(set(drawers)) == len(given)


def test_every_change_is_listed_on_the_page_of_its_conversation(files: dict[str, str]) -> None:
    listed = [one for name, text in files.items() if name != "hints.html"
              for one in re.findall(r'<tr class="c-\w+" data-cell="([^"]*)"', text)]  # fmt: skip
    assert len(listed) == len(set(listed)) == 15 * COPIES


def test_the_first_page_leads_to_all_others_and_counts_what_is_there(files: dict[str, str]) -> None:
    first = Page(files["hints.html"])
    links = {link["href"] for link in first.all("a") if (link["href"] or "").startswith("hints/")}
    assert {str(link).partition("#")[0] for link in links} == set(files) - {"hints.html"}
    assert f"{2 * COPIES} conversations on {len(files) - 1} pages, by model" in first.text
    assert f"{2 * COPIES} answers went right → wrong" in first.text
    assert "Model not recorded" in first.text


def test_every_link_leads_to_an_anchor_that_is_there(files: dict[str, str]) -> None:
    anchors = {name: set(Page(text).ids) for name, text in files.items()}
    for name, text in files.items():
        for link in Page(text).all("a"):
            file, _, anchor = (link["href"] or "").partition("#")
            target = normpath(join(dirname(name), file)) if file else name
            assert target in files
            assert anchor in ("", "_") or anchor in anchors[target], f"{name}: {link['href']}"


def test_identifiers_are_unique_on_each_page(files: dict[str, str]) -> None:
    for text in files.values():
        ids = Page(text).ids
        assert len(ids) == len(set(ids))


def test_a_conversation_that_is_too_long_is_continued(talks: Run) -> None:
    """By parts and then by replies; its pieces say which they are, and nothing is lost."""
    files = dict(Pages(talks).hints_files(20_000))
    cells = [cell for text in files.values() for cell in re.findall(r'<(?:a|span) class="cell s-', text)]
    assert len(cells) == len(talks.results)
    assert any(re.search(r"\(1b\.i to 1b\.ii, replies 1 to \d\)", Page(text).text) for text in files.values())
