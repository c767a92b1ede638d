"""What `verify` found as JUnit XML, Markdown and annotations of GitHub's workflows."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from grader.diagnostics import Diagnostic, Severity, Span, author_error
from grader.scoring.verification import Finding
from grader.store.checks.github import github_lines
from grader.store.checks.junit import junit
from grader.store.checks.markdown import markdown

SPAN = Span("problems/a b.yaml", 5, 9, 12, 7)
ERROR = author_error("verify-accept", "'<1>' | must be\ncorrect: \x00", SPAN, "Correct it, 100%.")
WEAK = Diagnostic("verify-weakness", Severity.WARNING, ERROR.audience, "transpose A", SPAN, "Other values.")
FOUND = [
    Finding("error", "spec", "", "", "no title", author_error("spec-missing-field", "no title", SPAN)),
    Finding("ok", "solve", "sums", "a", "total gives 3"),
    Finding("error", "accept", "sums", "a", ERROR.message, ERROR),
    Finding("ok", "accept", "sums", "a", "'3' is correct"),
    Finding("weakness", "given", "sums", "b", WEAK.message, WEAK, name="transpose A"),
]


def test_junit_has_a_case_for_each_part_and_check() -> None:
    """Failures have message, code, file and line; characters that XML cannot hold are replaced."""
    whole = Xml.fromstring(junit(FOUND, seconds=1.5))  # noqa: S314  # made here
    assert (whole.tag, whole.get("tests"), whole.get("failures"), whole.get("time")) == (
        "testsuites",
        "4",
        "2",
        "1.500",
    )
    assert [(suite.get("name"), suite.get("tests")) for suite in whole] == [("specs", "1"), ("sums", "3")]
    cases = {case.get("name"): case for case in whole.iter("testcase")}
    assert list(cases) == ["spec", "a: accept", "a: solve", "b: given"]
    case = cases["a: accept"]
    assert (case.get("classname"), case.get("file"), case.get("line")) == ("sums", "problems/a b.yaml", "12")
    failure = case.find("failure")
    assert failure is not None
    assert failure.get("type") == "verify-accept"
    assert "Correct it" in (failure.text or "")
    assert cases["b: given"].find("failure") is None
    assert "transpose A" in (cases["b: given"].findtext("system-out") or "")


def test_a_weakness_is_a_failure_where_that_is_asked() -> None:
    """In all three formats."""
    assert Xml.fromstring(junit(FOUND, strict=True)).get("failures") == "3"  # noqa: S314  # made here
    assert [line.split(" ")[0] for line in github_lines(FOUND, strict=True)] == ["::error"] * 3
    assert "<details>" not in markdown(FOUND, strict=True)


def test_markdown_counts_links_and_folds() -> None:
    """A failing part is a row with a link to its line; what could be markup is escaped; weaknesses are folded."""
    text = markdown(FOUND)
    assert "do not agree: 2 parts, 2 checks passed, 2 errors, 1 weaknesses, 0 warnings." in text
    assert "| sums/a | [problems/a b.yaml:12](problems/a%20b.yaml#L12) | '\\<1\\>' \\| must be correct:" in text
    assert "<summary>Weaknesses: 1</summary>" in text
    assert "✅" in markdown(FOUND[1:2])


def test_annotations_are_escaped() -> None:
    """Line breaks, percent signs, colons and commas do not end a command or a property."""
    lines = list(github_lines(FOUND))
    assert lines[1].startswith("::error file=problems/a b.yaml,line=12,col=7,title=verify-accept::")
    assert "%0A" in lines[1]
    assert "100%25" in lines[1]
    assert "\n" not in lines[1]
    assert lines[2].startswith("::warning ")
