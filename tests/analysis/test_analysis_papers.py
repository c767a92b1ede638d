"""Tables for a paper: the numbers of the analysis in three notations, in which nothing from outside acts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from analysis_sample import MISLEADING, NEUTRAL, NONE, Answer, C, D, P, U, W, hint, talks
from hypothesis import example, given
from hypothesis import strategies as st

from grader.analysis.index import RunIndex
from grader.analysis.measures import Measured
from grader.analysis.papers import NAMES, Column, Table, csv_of, latex_of, markdown_of, paper_tables
from grader.analysis.papers.table import Kind, p_value, percent, plain, words
from grader.analysis.rates import Rate
from grader.analysis.stats import Difference, Interval, rate_of
from grader.records import Label, Run, StopPolicy

TASK, SURE, FALSE = hint(NONE), hint(NEUTRAL), hint(MISLEADING)
HOSTILE = (
    "<script>alert(1)</script>",
    "a | b",
    "a\nb\r\n| c",
    "=HYPERLINK(1)",
    "  -1+1",
    "＝1",
    "\\input{/etc/passwd} $x^2$ & 50% #1 ~ {_}",
    "![x](https://example.org/x.png) *b* `c`",
    "\u202egnp.exe",
    "\udc80lone",
    "[0, 1]",
    '"quoted", ""',
)


def tables_of(run: Run) -> dict[str, Table]:
    return {table.name: table for table in paper_tables(RunIndex(run))}


def cells_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def sample(model: str = "m", names: Sequence[str] = ("t0", "t1")) -> Run:
    """Two conversations: a right answer that is lost after a misleading hint, one that is kept, an open one."""
    first: Sequence[Answer] = [(C, "1"), (C, "1"), (W, "2")]
    second: Sequence[Answer] = [(W, "2"), (P, "3"), (C, "1")]
    third: Sequence[Answer] = [(D, "y"), (U, "x"), None]
    run = talks({
        names[0]: ([TASK, SURE, FALSE], {"a": first, "b": third}),
        names[1]: ([TASK, SURE, FALSE], {"a": second}),
    })  # fmt: skip
    labels = (Label("annotator", 2, "p/a", "wrong", model), Label("annotator", 3, "p/a", "right", "=1"))
    talk, other = run.conversations
    return replace(
        run,
        conversations=(
            replace(talk, model=model, labels=labels, stop=StopPolicy.FIXED),
            replace(other, model="other"),
        ),
    )


def test_the_numbers_are_those_of_the_analysis() -> None:
    """By kind of hint: counts, denominators, rates; no interval from one problem, and the note says so."""
    table = tables_of(sample())["hint_kinds"]
    found = {row["hint"]: row for row in cells_of(csv_of(table))}
    assert list(found) == ["neutral", "misleading", "all"]
    misled = found["misleading"]
    assert (misled["changes"], misled["marked"]) == ("2", "2")
    assert (misled["right_to_wrong_count"], misled["right_to_wrong_of"], misled["right_to_wrong"]) == ("1", "2", "0.5")
    assert (misled["right_to_wrong_low"], misled["gain_p"]) == ("", "")
    assert (found["neutral"]["changes"], found["neutral"]["marked"]) == ("3", "2")
    assert "No interval below 5 problems" in table.note
    assert "after a fixed number of replies: 3 answers; nobody says how: 2 answers" in table.note


def test_every_table_there_can_be_has_its_name() -> None:
    """Models, labels and all: none is made that is not named, and none is named that is never made."""
    assert set(tables_of(sample())) == NAMES


def test_labels_alone_stand_beside_what_was_computed() -> None:
    """The annotator calls the loss a gain."""
    tables = tables_of(sample())
    every = {row["hint"]: row for row in cells_of(csv_of(tables["labels_alone"]))}["all"]
    assert (every["changes"], every["right_to_wrong_count"], every["labelled_wrong_to_right_count"]) == ("1", "1", "1")
    assert [row["machine"] for row in cells_of(csv_of(tables["conflicts"]))] == ["correct", "incorrect"]


def test_models_side_by_side_or_why_not() -> None:
    """A single pair is one test; where there is nothing to compare the table is there and says why."""
    tables = tables_of(sample())
    assert "One pair, one test." in tables["comparisons_last"].note
    assert "not declared" not in tables["comparisons_first"].note
    alone = tables_of(replace(sample(), conversations=()))
    assert alone["comparisons_last"].rows == ()
    assert alone["comparisons_last"].note.startswith("Nothing is compared: no conversation that names its model")
    assert "models" not in alone


def test_time_to_the_first_right_answer_says_how_conversations_were_stopped() -> None:
    """Where nobody says how, the estimate has a warning."""
    run = sample()
    fixed = replace(run, conversations=tuple(replace(one, stop=StopPolicy.FIXED) for one in run.conversations))
    note = tables_of(fixed)["first_right"].note
    assert "All conversations were stopped after a fixed number of replies." in note
    assert "going badly" not in note and "2 of 3 parts asked, 1 problem; of the other 1 nothing is known" in note
    assert "going badly" in tables_of(run)["first_right"].note


def test_a_run_without_changes_has_tables_of_what_there_is() -> None:
    run = talks({"t": ([TASK], {"a": [(C, "1")]})})
    assert {name for name, table in tables_of(run).items() if table.rows} == {"hint_kinds", "hint_kinds_behaviour",
        "accuracy", "first_right"}  # fmt: skip
    assert tables_of(replace(run, results=())) == {}


@pytest.mark.parametrize("name", HOSTILE)
def test_names_from_outside_act_in_no_notation(name: str) -> None:
    """Markup, commands, formulas, pipes, ends of lines, and characters that turn a line around."""
    for table in tables_of(sample(name, (name, f"{name}2"))).values():
        wide = len(table.columns)
        lines = markdown_of(table).splitlines()
        rows = [line for line in lines if line.startswith("|")]
        assert all(len(re.findall(r"(?<!\\)\|", re.sub(r"\\\\", "", line))) == wide + 1 for line in rows)
        assert len(rows) == len(table.printed) + 2
        assert not re.search(r"(?<!\\)(?:<(?! )|`|\]\()", markdown_of(table).replace("\\\\", ""))
        tex = latex_of(table)
        body = tex.partition(r"\midrule")[2].partition(r"\bottomrule")[0]
        assert body.count("\\\\\n") == len(table.printed)
        assert "\\input" not in tex and "^2" not in body and "%" not in re.sub(r"\\%", "", body)
        for text in (tex, markdown_of(table)):
            assert "\u202e" not in text and "\udc80" not in text
        made = list(csv.reader(io.StringIO(csv_of(table))))
        assert {len(row) for row in made} == {len(made[0])}
        for row in made:
            for cell in row:
                assert not re.match(r"[=+@＝\t\r]|-(?![\d.]+(e-?\d+)?$)", cell)


@given(st.text(), st.text())
@example("\\", "|")
@example("[", "*")
def test_any_words_stay_in_their_cell(one: str, other: str) -> None:
    """A table of two cells has two cells, whatever stands in them."""
    table = Table("t", one, (Column("a", "A"), Column("b", other)), ((one, other),), other)
    (head, row) = list(csv.reader(io.StringIO(csv_of(table))))
    assert head == ["a", "b"]
    assert [cell.removeprefix("'") for cell in row] == [plain(one).removeprefix("'"), plain(other).removeprefix("'")]
    line = markdown_of(table).splitlines()[4]
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == 3
    assert latex_of(table).count("\n") == latex_of(replace(table, caption="", rows=(("", ""),), note="")).count("\n")


def measured(count: int, of: int, problems: int) -> Measured:
    return Measured(Rate(count, of), rate_of(dict.fromkeys(range(problems), (count / problems, of // problems))))


@pytest.mark.parametrize(
    ("cell", "kind", "text"),
    [
        (None, Kind.RATE, "–"),
        (Measured(Rate(0, 0), None), Kind.RATE, "–"),
        (Measured(Rate(1, 3), None), Kind.RATE, "1 of 3 (33 %)"),
        (Measured(Rate(1, 199), None), Kind.RATE, "1 of 199 (1 %)"),
        (Measured(Rate(1, 999), None), Kind.RATE, "1 of 999 (0.1 %)"),
        (Measured(Rate(1, 9999), None), Kind.RATE, "1 of 9999 (< 0.1 %)"),
        (Measured(Rate(9998, 9999), None), Kind.RATE, "9998 of 9999 (> 99.9 %)"),
        (Difference(-0.5, 0, 0.5, 9, 0.1, 8, Interval(-0.7, 0.004, 0.95)), Kind.DIFFERENCE, "−50.0 [−70.0, +0.4]"),
        (Difference(0.0, 0, 0, 9, None, None, None, "x"), Kind.DIFFERENCE, "0.0"),
        (0.00001, Kind.P_VALUE, "< 0.001"),
        (1.0, Kind.P_VALUE, "1.000"),
        (0.123, Kind.POINTS, "12.3"),
        (Fraction(1, 3), Kind.NUMBER, "0.33"),
        (7, Kind.COUNT, "7"),
        ("a\u202e\nb", Kind.TEXT, "a\ufffd b"),
    ],
)
def test_cells_in_words(cell: object, kind: Kind, text: str) -> None:
    assert words(cell, kind) == text  # type: ignore[arg-type]


def test_a_rate_with_an_interval() -> None:
    """In percent behind the count; in CSV from 0 to 1, with the effective sample size."""
    cell = measured(30, 60, 10)
    assert re.fullmatch(r"30 of 60 \(50 %\) \[\d\d, \d\d\]", words(cell, Kind.RATE))
    (row,) = cells_of(csv_of(Table("t", "", (Column("r", "R", Kind.RATE),), ((cell,),), "")))
    assert (row["r"], row["r_count"], row["r_of"]) == ("0.5", "30", "60")
    assert 0 < float(row["r_low"]) < 0.5 < float(row["r_high"]) < 1
    assert 0 < float(row["r_effective"]) <= 60


def test_small_shares_and_p_values_are_never_0() -> None:
    assert (percent(0), percent(0.001), percent(1), percent(0.9999)) == ("0", "< 1", "100", "> 99")
    assert (p_value(0.0004), p_value(0.0006)) == ("< 0.001", "0.001")


def test_long_tables_are_printed_in_part() -> None:
    """CSV has all rows; the note says how many there are."""
    table = Table("t", "c", (Column("n", "N", Kind.COUNT),), tuple((n,) for n in range(100)), "Note.", most=10)
    assert markdown_of(table).count("\n| ") == 11 + 1
    assert "Of 100 rows the first 10 are printed" in markdown_of(table) and "first 10" in latex_of(table)
    assert len(cells_of(csv_of(table))) == 100


def test_a_row_has_a_cell_for_each_column() -> None:
    with pytest.raises(ValueError, match="one cell for each column"):
        Table("t", "", (Column("a", "A"),), (("x", "y"),), "")
