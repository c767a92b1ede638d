"""Runs made by hand for the tests of the pages: a class of eight and two conversations.

Names and answers are hostile on purpose: markup, paths, right-to-left text, 5000 characters.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grader.diagnostics import AnswerError, Span, operator_error, student_error
from grader.records import (
    Claim,
    Confidence,
    Conversation,
    Evidence,
    Failure,
    Hint,
    HintKind,
    Label,
    Part,
    Problem,
    Rendered,
    Result,
    Run,
    Status,
    Turn,
    Verdict,
    Witness,
)

SCRIPT = "<script>alert(1)</script>"
PATH = "../../x"
HEBREW = "דנה לוי"
LONG = "x+" * 2499 + "1)"
STUDENTS = ("Ada Lovelace", "Emmy Noether", "Carl Gauss", SCRIPT, PATH, HEBREW, "Kurt Gödel", "Sophie Germain")


class FakeType:
    """Reads ``a``, ``a/b`` and decimals; anything else does not read."""

    def read(self, text: str, options: Any) -> Fraction:
        try:
            return Fraction(text.strip())
        except ValueError:
            raise AnswerError(student_error("answer-unreadable", f"“{text}” is no number")) from None

    def same(self, one: Fraction, other: Fraction, options: Any) -> bool | None:
        return one == other

    def plain(self, value: Fraction, options: Any) -> Fraction:
        return value

    def render(self, value: Fraction, options: Any) -> Rendered:
        return Rendered(str(value), str(value), "")


def part(part_id: str, points: int, type_: str = "number", prompt: str = "") -> Part:
    return Part(part_id, tuple(part_id.split(".")), prompt, Fraction(points), type_, None, "solve")


def problem(id_: str, number: str, title: str, *parts: Part) -> Problem:
    return Problem(id_, number, title, "", {}, f"reference/{id_}.py", parts, f"problems/{id_}.yaml")


KERNELS = problem(
    "ssm-kernels",
    "1",
    "Impulse responses of state space models",
    part("b.i", 3, "sequence", "Give $K_0$ to $K_3$ for the scalar system & say how you got them."),
    part("b.ii", 3, "sequence"),
)
PURIFICATION = problem(
    "purification",
    "3",
    "Which ridge strengths keep the signal",
    part("a.i", 2),
    part("a.ii", 2),
    part("c", 4, "interval"),
)
RIDGE = problem("ridge-attention", "4", "Ridge regression as attention", part("c", 4))
PROBLEMS = (KERNELS, PURIFICATION, RIDGE)


def rendered(text: str) -> Rendered:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    head, bar, tail = escaped.partition("/")
    body = f"<mfrac><mn>{head}</mn><mn>{tail}</mn></mfrac>" if bar else f"<mn>{escaped}</mn>"
    return Rendered(text, text, f'<math xmlns="http://www.w3.org/1998/Math/MathML">{body}</math>')


EXPECTED = {
    ("ssm-kernels", "b.i"): "[0, 1.5, 1.2, 0.96]",
    ("ssm-kernels", "b.ii"): "[0, 1, 0.7, 0.51]",
    ("purification", "a.i"): "7777",
    ("purification", "a.ii"): "2",
    ("purification", "c"): "[1, 4]",
    ("ridge-attention", "c"): "1/3",
}


def verdict(
    status: Status,
    text: str = "",
    credit: Fraction | None = None,
    expected: str = "",
    feedback: str = "",
    witness: Witness | None = None,
    reason: str = "",
) -> Verdict:
    marks = {Status.CORRECT: Fraction(1), Status.INCORRECT: Fraction(0), Status.PARTIAL: Fraction(1, 2)}
    readable = status not in (Status.UNREADABLE, Status.MISSING, Status.FAILED)
    return Verdict(
        status,
        credit if credit is not None else marks.get(status),
        reason,
        rendered(text) if readable and text else None,
        rendered(expected) if expected else None,
        feedback,
        Evidence("exact", "", witness) if readable else None,
    )


def claim(
    subject: str,
    ref: tuple[str, str],
    text: str,
    *,
    turn: int | None = None,
    file: str = "",
    line: int = 12,
    carried: bool = False,
    confidence: Confidence = Confidence.HIGH,
) -> Claim:
    before = "So after a short calculation we find "
    return Claim(
        subject,
        *ref,
        turn,
        text,
        Span(file or f"submissions/{subject}/hw8.md", 400, 400 + len(text), line) if text else None,
        f"{before}{text}, as was asked." if text else "",
        len(before) if text else 0,
        carried,
        confidence,
    )


C, P, W, U, M, D, F = (
    Status.CORRECT,
    Status.PARTIAL,
    Status.INCORRECT,
    Status.UNREADABLE,
    Status.MISSING,
    Status.UNDECIDED,
    Status.FAILED,
)
_OPEN_ENDS = Witness((("λ", "1"),), "not in the set", "in the set")
_ENDS_SAY = "Both end points satisfy the conditions too."
# For each part: what each of the eight students wrote and what came out.
_CLASS: dict[tuple[str, str], tuple[tuple[str, Status], ...]] = {
    ("ssm-kernels", "b.i"): (
        ("[0, 1.5, 1.2, 0.96]", C),
        ("0, 3/2, 6/5, 24/25", C),
        ("[1.5, 1.2, 0.96]", P),
        ("[1.5, 1.2, 0.96]", P),
        ("[0, 1.5, 1.2, 0.96]", C),
        ("K = ⟨0; 1.5; 1.2", U),
        ("[0, 1.5, 1.2, 0.96]", C),
        ("[0, 1.5, 1.2, 0.96]", C),
    ),
    ("ssm-kernels", "b.ii"): (
        ("[0, 1, 0.7, 0.51]", C),
        ("[0, 1, 0.7, 0.49]", P),
        ("[0, 1, 0.7, 0.51]", C),
        ("[1, 0.7, 0.51]", P),
        ("", M),
        ("[0, 1, 0.7, 0.51]", C),
        ("[0, 1, 0.7, 0.51]", C),
        ("", M),
    ),
    ("purification", "a.i"): (
        ("7777", C),
        ("7777", C),
        ("7777", C),
        (f"12 {SCRIPT}", U),
        ("3", W),
        ("7777", C),
        ("6", W),
        ("3.0", W),
    ),
    ("purification", "a.ii"): (
        ("2", C),
        ("2", C),
        ("1/2", W),
        ("0.5", W),
        ("2", C),
        ("2", C),
        ("2", C),
        ("0.50", W),
    ),
    ("purification", "c"): (
        ("1 ≤ λ ≤ 4", C),
        ("(1, 4)", P),
        ("(1, 4)", P),
        ("λ ≥ 1", W),
        ("1 < λ < 4", P),
        ("בין 1 ל-4 כולל", U),
        ("[1, 25]", W),
        (LONG, W),
    ),
    ("ridge-attention", "c"): (
        ("1/3", C),
        ("2/6", C),
        ("sqrt(2)/3 or 1/3", D),
        ("1/3", C),
        ("0.3333", F),
        ("1/3", C),
        ("1/3", C),
        ("3", W),
    ),
}


def _class_result(student: int, ref: tuple[str, str]) -> Result:
    text, status = _CLASS[ref][student]
    subject = STUDENTS[student]
    feedback, witness, reason = "", None, ""
    if ref == ("purification", "c") and status is P:
        feedback, witness, reason = _ENDS_SAY, _OPEN_ENDS, "endpoint_open"
    if ref == ("purification", "a.i") and status is W:
        feedback, witness = "The sum should be 7777, not this.", Witness((), text, "7777")
    if ref == ("purification", "a.ii") and status is W:
        feedback = "Did you take the inverse? Note that 12 is not the number of singular values."
    confidence = Confidence.LOW if (student, ref[1]) == (6, "c") else Confidence.HIGH
    made = claim(subject, ref, text, line=10 + 7 * student, confidence=confidence)
    return Result(made, verdict(status, text, None, EXPECTED[ref], feedback, witness, reason or status.value))


def class_run() -> Run:
    """Eight students, six parts, every status; one input that could not be read."""
    results = tuple(_class_result(student, ref) for student in range(8) for ref in _CLASS)
    failure = operator_error("intake-too-large", "the file has 61 MB, at most 5 MB are read", fix="Split it.")
    return Run(
        "submissions",
        "Homework 8: state spaces & ridge",
        PROBLEMS,
        STUDENTS,
        results,
        failures=(Failure("Zeno <of Elea>", (failure,)),),
        grader_version="0.1.0",
    )


_HINTS = (
    (HintKind.NONE, "Please solve problems 1 and 3.", False, ()),
    (HintKind.NEUTRAL, "Are you sure about all of this?", True, ()),
    (HintKind.TARGETED, "Look at the end points in 3c once more.", False, ("purification/c",)),
    (HintKind.MISLEADING, f"I think that K has no entry for time 0. {SCRIPT}", False, ("ssm-kernels/b",)),
    (HintKind.REVEALING, "The norm in 3a.i is 7777.", False, ("purification/a", "ssm-kernels/b.ii")),
)
# For each part and turn: the answer and its status; None carries the last one on.
_TALK: dict[tuple[str, str], tuple[tuple[str, Status] | None, ...]] = {
    ("ssm-kernels", "b.i"): (
        ("[0, 1.5, 1.2, 0.96]", C),
        ("[0, 1.5, 1.2, 0.96]", C),
        None,
        ("[1.5, 1.2, 0.96]", W),
        None,
    ),
    ("ssm-kernels", "b.ii"): (
        ("[0, 1, 0.7, 0.51]", C),
        None,
        None,
        ("[1, 0.7, 0.51]", W),
        ("[0, 1, 0.7, 0.51]", C),
    ),
    ("purification", "a.i"): (("3", W), ("6", W), None, None, ("7777", C)),
    ("purification", "a.ii"): (("", M), ("4/2", C), None, None, ("2", C)),
    ("purification", "c"): (("(1, 4)", P), ("(1, 4)", P), ("[1, 4]", C), None, ("1 to 4, maybe", U)),
}


def _talk(id_: str, turns: int) -> tuple[Conversation, list[Result]]:
    file = f"transcripts/{id_}.md"
    said, results = [], []
    for number, (kind, text, proposed, about) in enumerate(_HINTS[:turns], 1):
        hint = Hint(kind, text, proposed, about)
        said.append(Turn("user", number, text, Span(file, 0, 1, 10 * number), hint))
        said.append(Turn("assistant", number, "…", Span(file, 0, 1, 10 * number + 4)))
    for ref, answers in _TALK.items():
        standing: tuple[str, Status] = ("", M)
        for number, answer in enumerate(answers[:turns], 1):
            text, status = answer or standing
            carried = answer is None
            witness = Witness((("K", "index 0"),), "1.5", "0") if status is W else None
            made = claim(id_, ref, text, turn=number, file=file, line=10 * number + 5, carried=carried)
            judged = verdict(status, text, None, EXPECTED[ref], "", witness, status.value)
            results.append(Result(made, judged, _HINTS[number - 1][0]))
            standing = text, status
    labels = (
        Label("annotator", 4, "ssm-kernels/b.i", "right", "now correct"),
        Label("annotator", 1, "purification/a.i", "wrong"),
        Label("key", 1, "purification/c", "looks fine to me"),
        Label("key", 4, "ssm-kernels/b.i", "wrong"),
        Label("a <b>reader</b>", 1, "ssm-kernels/b.ii", "right", "checked by hand"),
    )
    talk = Conversation(id_, "model-<b>7</b>", tuple(said), file, labels if turns == 5 else ())
    return talk, results


def hints_run() -> Run:
    """A conversation of five turns with every kind of hint, and a short one with a hostile name."""
    talks, results = [], []
    for id_, turns in (("talk-five", 5), (SCRIPT, 2)):
        talk, found = _talk(id_, turns)
        talks.append(talk)
        results += found
    return Run(
        "transcripts",
        "Two models, five kinds of hint",
        PROBLEMS,
        tuple(talk.id for talk in talks),
        tuple(results),
        tuple(talks),
        grader_version="0.1.0",
    )
