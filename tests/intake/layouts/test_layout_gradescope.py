"""Gradescope's export: whose folders are whose by the metadata, groups, attempts, and metadata that is hostile."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from handed_in import codes, files, folder, of, zipped

from grader.diagnostics import InputError
from grader.intake.handins.submissions import read_submissions
from grader.intake.layouts.metadata import entries_of
from grader.specs import Settings

TWO = """\
---
submission_101:
  :submitters:
  - :name: Ada Lovelace
    :sid: '1001'
    :email: ada@example.org
  :created_at: 2026-11-20 21:07:42.912369000 Z
  :score: 3.0
  :status: processed
  :results:
    tests:
    - name: "one"
      output: |
        submission_999:
          :submitters:
submission_102:
  :submitters:
  - :name: Emmy Noether
    :sid: '1002'
  - :name: Carl Gauß
    :sid:
    :email: carl@example.org
  :created_at: !ruby/object:ActiveSupport::TimeWithZone
    utc: 2026-11-21 09:00:00.000000000 Z
    zone: &1 !ruby/object:ActiveSupport::TimeZone
      name: Etc/UTC
    time: 2026-11-21 09:00:00.000000000 Z
  :history:
  - :id: 90
    :created_at: 2026-11-19 10:00:00 Z
    :score: 1.0
  - :id: 91
    :created_at: 2026-11-20 10:00:00 Z
"""


def export(root: Path, metadata: str = TWO, *names: str) -> Path:
    """An export with that metadata and two submissions."""
    kept = names or ("submission_101/hw.md", "submission_102/hw.tex")
    return folder(root, *kept, **{"submission_metadata.yml": metadata})


def test_an_export_is_read_by_its_metadata(tmp_path: Path) -> None:
    """Ids, groups, times; the output of a test that looks like metadata is none."""
    found = read_submissions(export(tmp_path / "assignment_1_export"))
    assert found.layout == "gradescope"
    assert files(found) == {"1001": ["hw.md"], "1002 + carl@example.org": ["hw.tex"]}
    ada, pair = found.submissions
    assert ada.delivery.people[0].email == "ada@example.org"
    assert ada.delivery.at == datetime(2026, 11, 20, 21, 7, 42, 912369, tzinfo=UTC)
    assert [person.name for person in pair.delivery.people] == ["Emmy Noether", "Carl Gauß"]
    assert pair.delivery.at == datetime(2026, 11, 21, 9, tzinfo=UTC)


def test_the_archive_is_the_same(tmp_path: Path) -> None:
    """As it is downloaded: one folder in it."""
    inside = "assignment_1_export"
    path = zipped(
        tmp_path / "submissions.zip",
        f"{inside}/submission_101/hw.md",
        f"{inside}/submission_102/hw.tex",
        more={f"{inside}/submission_metadata.yml": TWO},
    )
    found = read_submissions(path)
    assert files(found) == files(read_submissions(export(tmp_path / inside)))
    assert [one.delivery for one in found.submissions] == [
        one.delivery for one in read_submissions(tmp_path / inside).submissions
    ]


def test_earlier_attempts_are_counted(tmp_path: Path) -> None:
    """They are not in the export: the last is graded, with a warning where another one was to count."""
    root = export(tmp_path)
    pair = of(read_submissions(root), "1002 + carl@example.org")
    assert (pair.delivery.attempt, pair.delivery.of) == (3, 3)
    assert pair.delivery.others[0] == "attempt 1: 2026-11-19 10:00 UTC, not in the export"
    found = read_submissions(root, Settings(attempts="best"))
    assert codes(found) == {"1002 + carl@example.org": ["attempts-not-there"]}


def test_two_submissions_of_one_person_are_attempts_by_their_times(tmp_path: Path) -> None:
    """Whatever their order in the metadata."""
    entry = "submission_{0}:\n  :submitters:\n  - :sid: '7'\n  :created_at: 2026-11-{1} 10:00:00 Z\n"
    metadata = entry.format(101, 21) + entry.format(102, 20)
    (only,) = read_submissions(export(tmp_path, metadata)).submissions
    assert [file.name for file in only.files] == ["hw.md"]
    assert (only.delivery.attempt, only.delivery.of) == (2, 2)
    assert only.delivery.others == ("attempt 1: 2026-11-20 10:00 UTC hw.tex",)


def test_a_pdf_may_stand_for_a_folder(tmp_path: Path) -> None:
    """In assignments that are handed in as PDF, the key is the name of the file."""
    metadata = TWO.replace("submission_101:\n  :sub", "101.pdf:\n  :sub")
    found = read_submissions(export(tmp_path, metadata, "101.pdf", "submission_102/hw.tex"))
    assert "101.pdf" in str(of(found, "1001").files or of(found, "1001").diagnostics)
    assert files(found)["1002 + carl@example.org"] == ["hw.tex"]


def test_what_the_metadata_does_not_name_is_graded_under_its_folder(tmp_path: Path) -> None:
    """And told; what it names and is not there is a hand-in without files; a stray file is nobody's."""
    root = export(tmp_path, TWO, "submission_101/hw.md", "submission_555/hw.md", "stray.md")
    found = read_submissions(root)
    assert files(found) == {"1001": ["hw.md"], "1002 + carl@example.org": [], "submission_555": ["hw.md"]}
    assert codes(found) == {
        "1002 + carl@example.org": ["input-format"],
        "submission_555": ["layout-unnamed"],
        "": ["layout-stray"],
    }


@pytest.mark.parametrize(
    ("metadata", "why"),
    [
        ("submission_101:\n  :submitters: [", "not YAML"),
        ("- :submitters: 1\n", "not a mapping"),
        ("just :submitters text", "not a mapping"),
        ("a:\n  :submitters: " + "[" * 500, "nested too deeply"),
        ("a: &a\n  :submitters: \x00", "not YAML"),
    ],
)
def test_metadata_that_cannot_be_used_is_an_error(tmp_path: Path, metadata: str, why: str) -> None:
    """With its name and what to do: without it nobody knows whose the folders are."""
    with pytest.raises(InputError) as caught:
        read_submissions(export(tmp_path, metadata))
    assert caught.value.diagnostics[0].code == "layout-metadata"
    assert why in str(caught.value)
    assert "submission_metadata.yml" in str(caught.value)


def test_a_yaml_that_is_no_metadata_is_no_gradescope(tmp_path: Path) -> None:
    """The name of the file alone decides nothing."""
    root = folder(tmp_path, "ada/hw.md", **{"submission_metadata.yml": "title: HW 1\n"})
    assert read_submissions(root).layout == "plain"


def test_aliases_and_merges_cost_no_more_than_their_names() -> None:
    """Ten times ten times … of them are never built; an alias of a person is that person."""
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{new}: &{new} [{', '.join(['*' + old] * 10)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    merged = "m0: &m0 {':sid': '1'}\n" + "".join(
        f"m{i + 1}: &m{i + 1}\n  <<: [{', '.join([f'*m{i}'] * 20)}]\n" for i in range(20)
    )
    people = "s1:\n  :submitters: &p\n  - :name: Ada\ns2:\n  :submitters: *p\n"
    said = dict(entries_of((bomb + merged + people).encode(), "m.yml"))
    assert said["s2"] == said["s1"] == {":submitters": [{":name": "Ada"}]}


def test_a_person_may_lack_everything(tmp_path: Path) -> None:
    """Without an id the address counts, then the name; without any of them it is told."""
    metadata = """\
submission_101:
  :submitters:
  - :name: Ada Lovelace
    :sid: ""
  - {}
  - 17
submission_102:
  :submitters: []
  :created_at: soon
"""
    found = read_submissions(export(tmp_path, metadata))
    assert files(found) == {"Ada Lovelace": ["hw.md"], "submission_102": ["hw.tex"]}
    assert codes(found) == {"submission_102": ["layout-unnamed"]}
    assert of(found, "submission_102").delivery.at is None
