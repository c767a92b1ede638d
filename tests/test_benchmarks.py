"""The comparison with other programs counts as it says, reads cases as it says, and survives its contestants."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import arena, peers
from benchmarks.arena import DoesNotStartError, folds, play
from benchmarks.cases import Case, CaseError, distinct, labels_of, load, load_jsonl, load_yaml
from benchmarks.contestants import Grade, MathVerify, PlainSympy, bounded_caches, without_latex
from benchmarks.preparation import SETTINGS, texts, wrapped, written_key
from benchmarks.short_answers import KEYS
from benchmarks.tallies import Tally, kind_of, middle_times, quantile, tally, usual
from grader.answers import get_type, type_names


def case(response: str = "3", expected: Any = "3", kind: str = "number", **options: Any) -> dict[str, Any]:
    plain = Case(response, kind, expected, response, options).plain()
    return {**plain, "gold": str(expected), "answer": response}


# ---------------------------------------------------------------- counting


@pytest.mark.parametrize(
    ("status", "labels", "graded", "kind"),
    [
        ("correct", ["correct"], True, "agree"),
        ("correct", ["incorrect"], True, "false_accepts"),
        ("correct", ["partial"], False, "false_accepts"),
        ("correct", ["undecided"], True, "false_accepts"),
        ("correct", ["correct", "undecided"], False, "agree"),
        ("incorrect", ["correct"], True, "false_rejects"),
        ("partial", ["correct"], True, "false_rejects"),
        ("incorrect", ["correct", "unreadable"], True, "other"),
        ("incorrect", ["correct", "unreadable"], False, "agree"),
        ("incorrect", ["partial"], True, "other"),
        ("incorrect", ["partial"], False, "agree"),
        ("incorrect", ["undecided"], True, "other"),
        ("undecided", ["undecided"], True, "agree"),
        ("undecided", ["correct"], True, "open"),
        ("unreadable", ["incorrect"], True, "open"),
        ("missing", ["unreadable"], True, "open"),
        ("failed", ["incorrect"], True, "open"),
        ("error", ["incorrect"], False, "errors"),
        ("error", ["correct"], True, "errors"),
    ],
)
def test_a_verdict_counts_under_one_heading(status: str, labels: list[str], graded: bool, kind: str) -> None:
    """An open verdict is neither a false accept nor a false reject, and agrees only with its own label."""
    assert kind_of(status, labels, graded) == kind


def test_the_counts_add_up() -> None:
    """Every case is under one of the six headings; the share is of all cases."""
    statuses = ("correct", "incorrect", "unreadable", "error")
    counted = tally([(s, (label,)) for s in statuses for label in ("correct", "incorrect", "partial")], True)
    assert counted == Tally(12, agree=2, false_accepts=2, false_rejects=1, open=3, other=1, errors=3)
    assert counted.share == "16.7 %"
    assert Tally().share == "–"


def test_quantiles_are_values_that_occurred() -> None:
    """The median of four is the second, p95 of twenty the nineteenth, and 1 gives the greatest."""
    assert quantile([4, 1, 3, 2], 0.5) == 2
    assert quantile(range(1, 21), 0.95) == 19
    assert quantile([5, 7], 1) == 7
    assert quantile([5], 0.5) == 5


def test_runs_are_joined_by_medians_and_majorities() -> None:
    """A case's time is the median over runs; its verdict the most frequent one."""
    assert middle_times([{"a": 1.0}, {"a": 9.0}, {"a": 2.0}]) == {"a": 2.0}
    assert usual(["error", "correct", "correct"]) == "correct"


# ---------------------------------------------------------------- cases


def test_a_table_is_read(tmp_path: Path) -> None:
    """Labels are a status or a list of them; options are optional; other keys are for people."""
    table = tmp_path / "t.yaml"
    table.write_text(
        "- {id: a, type: number, expected: 1/2, response: '0.5', status: correct, why: decimal}\n"
        "- {id: b, type: number, expected: [1, 2], response: '2', options: {abs: 1}, status: [partial, incorrect]}\n"
    )
    one, other = load_yaml(table)
    assert one == Case("a", "number", "1/2", "0.5", {}, ("correct",))
    assert other == Case("b", "number", [1, 2], "2", {"abs": 1}, ("partial", "incorrect"))


def test_lines_are_read(tmp_path: Path) -> None:
    """Other people's lines have a label; true and false will do, and the type may be left to the program."""
    file = tmp_path / "c.jsonl"
    line = {"expected": "3", "response": "3", "label": True}
    file.write_text(f"{json.dumps(line)}\n\n{json.dumps(line | {'id': 7, 'label': False, 'type': 'number'})}\n")
    one, other = load_jsonl(file)
    assert (one.id, one.type, one.labels) == ("c.jsonl, line 1", "auto", ("correct",))
    assert (other.id, other.type, other.labels) == ("7", "number", ("incorrect", "partial"))


@pytest.mark.parametrize("text", ["{a: 1}", "- 3", "- {expected: 1}", "[", "- {expected: 1, response: '1'}"])
def test_what_is_no_table_is_told_with_its_place(text: str, tmp_path: Path) -> None:
    """The error names the file; a table in the folder of tables is left out and told, and hides no other."""
    (tmp_path / "bad.yaml").write_text(text)
    with pytest.raises(CaseError, match=r"bad\.yaml"):
        load_yaml(tmp_path / "bad.yaml")
    cases, left_out = load(tmp_path)
    assert cases
    assert len(left_out) == 1


def test_an_unknown_status_is_no_label() -> None:
    """A slip in a label is told, with the statuses that there are."""
    with pytest.raises(CaseError, match="unreadable"):
        labels_of("corect", "t.yaml, entry 1")


def test_cases_are_distinct() -> None:
    """The same question and answer counts once; two cases never share an id."""
    cases = [Case("a", "number", "1", "1"), Case("b", "number", "1", "1"), Case("a", "number", "1", "2")]
    assert [c.id for c in distinct(cases)] == ["a", "a (2)"]


def test_halves_hold_each_case_once_and_warm_up_on_the_other() -> None:
    """No case is in the warm-up of its own half, and each type of the other half is in it."""
    cases = [{"id": str(n), "type": "number" if n < 400 else "set"} for n in range(402)]
    halves = folds(cases)
    assert sorted(c["id"] for _, half in halves for c in half) == sorted(c["id"] for c in cases)
    for warmup, half in halves:
        assert not {c["id"] for c in warmup} & {c["id"] for c in half}
        assert {c["type"] for c in warmup} == {"number", "set"}


# ---------------------------------------------------------------- what the others are given


def test_keys_are_written_as_an_author_would() -> None:
    """Lists, sets, matrices and options become one line of text."""
    assert written_key(Case("", "sequence", [0, "1/2"], "")) == "[0, 1/2]"
    assert written_key(Case("", "set", [1, 2], "")) == "{1, 2}"
    assert written_key(Case("", "matrix", [[1, 2], [3, 4]], "")) == "[[1, 2], [3, 4]]"
    assert written_key(Case("", "choices", ["A", "C"], "")) == "A, C"


def test_each_setting_has_a_key_and_an_answer() -> None:
    """A set's braces are escaped between dollar signs, and a matrix is written with its rows."""
    prepared = texts(Case("", "set", "{1, 2}", "{2, 1}"))
    assert set(prepared) == set(SETTINGS)
    assert prepared["dollars/dollars"] == (r"$\{1, 2\}$", "${2, 1}$")
    assert texts(Case("", "matrix", [[1, 2], [3, 4]], ""))["latex/written"][0] == (
        r"$\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$"
    )


@pytest.mark.parametrize("response", ["so $x$", "\\(x\\)", "\\boxed{x}", "two\nlines", "long " * 50])
def test_marked_formulas_and_prose_get_no_dollar_signs(response: str) -> None:
    """What has a formula marked, or is prose, is given as it is."""
    assert wrapped(response) == response


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (r"$\frac{1}{2}$", "((1)/(2))"),
        (r"\(\frac{\frac{1}{2}}{x^{2}}\)", "((((1)/(2)))/(x^(2)))"),
        (r"\tfrac12", "((1)/(2))"),
        (r"\boxed{2\sqrt{3}}", "2*sqrt(3)"),
        ("K = 3x²", "3*x^(2)"),
        ("λ · σ", "lamda * sigma"),
        (r"\left\{1, 2\right\}", "{1, 2}"),
        ("1e-6", "1e-6"),
    ],
)
def test_plain_sympy_reads_simple_latex(text: str, plain: str) -> None:
    """The replacements for SymPy are few and do what they say."""
    assert without_latex(text) == plain


# ---------------------------------------------------------------- contestants


@pytest.mark.parametrize(
    ("answer", "gold", "status"),
    [("1/2", "0.5", "correct"), ("x + x", "2x", "correct"), ("3", "4", "incorrect"), ("three units", "3", "error")],
)
def test_plain_sympy_judges(answer: str, gold: str, status: str) -> None:
    """Equal is equal after simplification; what ``sympify`` does not read is an error."""
    contestant = PlainSympy()
    contestant.load()
    assert contestant.judge({"gold": gold, "answer": answer})[0] == status


def test_grade_judges_and_forgets() -> None:
    """A wrong key is “failed” as in the contract; emptying its caches changes no verdict."""
    contestant = Grade()
    contestant.load()
    before = [contestant.judge(case(r))[0] for r in ("3", "4")]
    contestant.forget()
    assert "_prepared" in dict(contestant.caches)
    assert [contestant.judge(case(r))[0] for r in ("3", "4")] == before == ["correct", "incorrect"]
    assert contestant.judge(case("3", kind="no such type"))[0] == "failed"


def test_what_is_kept_of_questions_is_there() -> None:
    """Each cache that the second pass keeps exists by its name, and none of them is the lexer's, which holds texts."""
    for name in type_names():
        get_type(name)
    names = {name for name, _ in bounded_caches("grader")}
    assert set(KEYS) <= names
    assert {"_kept", "_split", "parts", "letters"} <= names - set(KEYS)


def test_math_verify_judges() -> None:
    """It is called as its documentation says, and what it does not read is told."""
    pytest.importorskip("math_verify")
    contestant = MathVerify()
    contestant.load()
    assert contestant.judge({"gold": "$\\frac{1}{2}$", "answer": "the answer is $0.5$"}) == ("correct", "")
    assert contestant.judge({"gold": "$3$", "answer": "$4$"}) == ("incorrect", "")
    contestant.forget()
    assert contestant.judge({"gold": "$3$", "answer": "three"}) == ("incorrect", "answer not read")


def test_a_child_judges_cases() -> None:
    """Each case of the half has an outcome, the warm-up none; import and memory are measured."""
    done = play("grade", [case("1")], [case("3"), case("4")])
    assert {i: o.status for i, o in done.outcomes.items()} == {"3": "correct", "4": "incorrect"}
    assert done.restarts == 0
    assert done.peak > 0


CHILD = """
import json, os, sys, time
job = json.load(sys.stdin)
def say(**line): print(json.dumps(line), flush=True)
if "no start" in sys.argv: raise SystemExit(1)
say(event="load", wall=0, cpu=0)
for event in ("warmup", "cases"):
    for case in job[event]:
        if case["id"] == "crash": os.abort()
        if case["id"] == "hang":
            os.close(1)  # says nothing more, and stays
            time.sleep(600)
        say(event=event, id=case["id"], status="correct", note="", wall=0, cpu=0)
say(event="end", peak=1)
"""


def test_a_crash_or_a_hang_costs_one_case(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The case at which a process dies is an error; all others are judged, by new processes."""
    (tmp_path / "child.py").write_text(CHILD)
    monkeypatch.setattr(arena, "command", lambda name: [sys.executable, str(tmp_path / "child.py"), name])
    monkeypatch.setattr(arena, "END_SECONDS", 0.5)
    ids = ["a", "crash", "b", "hang", "c"]
    done = play("any", [{"id": "w"}], [{"id": i} for i in ids])
    assert [done.outcomes[i].status for i in ids] == ["correct", "error", "correct", "error", "correct"]
    assert done.outcomes["hang"].note == "hangs"
    assert done.restarts == 2


def test_a_crash_in_the_warm_up_costs_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The warm-up goes on without the case."""
    (tmp_path / "child.py").write_text(CHILD)
    monkeypatch.setattr(arena, "command", lambda name: [sys.executable, str(tmp_path / "child.py"), name])
    assert play("any", [{"id": "crash"}, {"id": "w"}], [{"id": "a"}]).outcomes["a"].status == "correct"


def test_a_contestant_that_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is no contestant that fails at every case."""
    (tmp_path / "child.py").write_text(CHILD)
    monkeypatch.setattr(arena, "command", lambda name: [sys.executable, str(tmp_path / "child.py"), "no start"])
    with pytest.raises(DoesNotStartError):
        play("any", [], [{"id": "a"}])


# ---------------------------------------------------------------- the page


def test_the_page_keeps_what_is_outside_of_the_markers(tmp_path: Path) -> None:
    """Writing replaces the part between the markers, again and again; a page without them is left alone."""
    page = tmp_path / "page.md"
    page.write_text(f"before\n{peers.BEGIN}\nold\n{peers.END}\nafter\n")
    peers.write(page, "new\n")
    peers.write(page, "newer\n")
    assert page.read_text() == f"before\n{peers.BEGIN}\n\nnewer\n\n{peers.END}\nafter\n"
    page.write_text("nothing\n")
    with pytest.raises(SystemExit):
        peers.write(page, "new\n")
    assert page.read_text() == "nothing\n"


def test_the_page_has_the_markers() -> None:
    """``--write docs/benchmarks.md`` finds its place."""
    text = (Path(__file__).parents[1] / "docs/benchmarks.md").read_text(encoding="utf-8")
    assert text.count(peers.BEGIN) == text.count(peers.END) == 1


def test_other_peoples_cases_are_not_evaluated() -> None:
    """SymPy, which evaluates texts, gets them only when told that they are harmless."""
    assert peers.allowed(["grade", "SymPy"], own=False, trusted=False) == ["grade"]
    assert peers.allowed(["grade", "SymPy"], own=False, trusted=True) == ["grade", "SymPy"]
    assert peers.allowed(["grade", "SymPy"], own=True, trusted=False) == ["grade", "SymPy"]


def test_the_command_judges_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--jsonl`` prints the verdicts on its cases; where there is one case only, there is one half only."""
    file = tmp_path / "c.jsonl"
    file.write_text('{"id": "1", "type": "number", "expected": "3", "response": "3", "label": "correct"}\n')
    peers.main(["--jsonl", str(file), "--without", "math-verify", "--runs", "1"])
    assert "| all, 1 | grade | 1 | 100.0 % | 0 | 0 | 0 | 0 | 0 |" in capsys.readouterr().out
