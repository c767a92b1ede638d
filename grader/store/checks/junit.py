"""Findings as JUnit XML, the format in which programs of continuous integration take the results of tests.

There is no official definition. Written is what the common readers share: ``testsuites``, a ``testsuite`` for each
problem, a ``testcase`` for each part and check, with ``file`` and ``line``, and ``failure`` in it
(https://github.com/testmoapp/junitxml).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from xml.etree import ElementTree as Xml

from grader.scoring.verification import Finding
from grader.store.checks.places import by_part, fails, one_line, place


def junit(findings: Iterable[Finding], *, strict: bool = False, seconds: float = 0.0) -> str:
    """The XML of a course's findings.

    Args:
        findings: of the course.
        strict: weaknesses are failures.
        seconds: that finding them took.
    """
    parts = by_part(findings)
    whole = Xml.Element("testsuites", name="grade verify")
    for problem, group in groupby(parts.items(), key=lambda item: item[0][0]):
        suite = Xml.SubElement(whole, "testsuite", name=problem or "specs")
        for (_, part), found in group:
            for check, some in groupby(sorted(found, key=_check), key=_check):
                _case(suite, problem, part, check, list(some), strict=strict)
        _count(suite)
    _count(whole)
    whole.set("time", f"{seconds:.3f}")
    Xml.indent(whole)
    text = Xml.tostring(whole, encoding="unicode")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(c if _allowed(c) else "\ufffd" for c in text) + "\n"


def _check(finding: Finding) -> str:
    return finding.check


def _case(suite: Xml.Element, problem: str, part: str, check: str, found: Sequence[Finding], *, strict: bool) -> None:
    name = f"{part}: {check}" if part else check
    case = Xml.SubElement(suite, "testcase", name=name, classname=problem or "specs", time="0")
    faults = [finding for finding in found if fails(finding, strict=strict)]
    others = [finding for finding in found if finding.level != "ok" and finding not in faults]
    where = next((at for finding in [*faults, *others] if (at := place(finding))), None)
    if where is not None:
        case.set("file", where[0])
        case.set("line", str(where[1]))
    for finding in faults:
        d = finding.diagnostic
        failure = Xml.SubElement(case, "failure", message=one_line([finding.message]), type=d.code if d else "verify")
        failure.text = str(d) if d else finding.message
    if others:
        Xml.SubElement(case, "system-out").text = "\n".join(str(f.diagnostic or f.message) for f in others)


def _count(element: Xml.Element) -> None:
    cases = list(element.iter("testcase"))
    element.set("tests", str(len(cases)))
    element.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    element.set("errors", "0")
    element.set("skipped", "0")
    element.set("time", "0")


def _allowed(letter: str) -> bool:
    """Whether XML can hold a character."""
    return letter in "\t\n\r" or (letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff")
