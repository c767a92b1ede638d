"""What a person's turn tells the model: declared in the label, or proposed by rule.

``User (hint: misleading; about: kernels/c):`` declares. Where nothing is declared a kind is
proposed and marked so, with what in the words shows it. Rules propose here only what words show: whether the turn
asks something new, challenges without content, or points somewhere. Whether it gives the answer away or misleads
depends on the truth, which is known in ``scoring`` (``scoring.hint_kinds``).
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.diagnostics import Audience, Diagnostic, Severity, Span
from grader.intake.parts.byid import by_id
from grader.intake.parts.references import part_name, references
from grader.intake.talks.hintwords import is_about_form, is_neutral, is_onward, is_praise
from grader.records import Hint, HintKind, Problem

_KINDS = frozenset(kind.value for kind in HintKind)
_MANY = 4  # parts; a challenge that names so many points at no place


def declared_hint(
    declared: str, words: str, span: Span, problems: Sequence[Problem]
) -> tuple[Hint | None, tuple[Diagnostic, ...]]:
    """Read ``hint: KIND; about: PART, PART``.

    Args:
        declared: what stands in the brackets.
        words: the person's turn.
        span: of the declaration.
        problems: of the course, to check names.

    Returns:
        None for the hint where no kind is declared, or one that does not exist.
    """
    kind: HintKind | None = None
    about: list[str] = []
    notes: list[Diagnostic] = []
    for field in declared.split(";"):
        key, colon, value = (piece.strip() for piece in field.partition(":"))
        if key.lower() == "hint" and colon:
            if value.lower() in _KINDS:
                kind = HintKind(value.lower())
            else:
                notes.append(
                    _problem(
                        "hint-kind",
                        f"Line {span.line} declares the hint kind {value!r}; expected one of {', '.join(HintKind)}.",
                        span,
                    )
                )
        elif key.lower() == "about" and colon:
            for name in filter(None, (item.strip() for item in value.split(","))):
                if name.partition("/")[0] in by_id(problems) and "/" in name:
                    about.append(name)
                else:
                    notes.append(
                        _problem(
                            "hint-about",
                            f"Line {span.line} says the hint is about {name!r}; expected problem/part with "
                            f"one of the problems {', '.join(p.id for p in problems) or '(none)'}.",
                            span,
                        )
                    )
        elif field.strip():
            notes.append(
                _problem(
                    "hint-declaration",
                    f"Line {span.line} has {field.strip()!r} after the speaker; expected "
                    "'hint: KIND; about: PROBLEM/PART'.",
                    span,
                )
            )
    if kind is None:
        return None, tuple(notes)
    return Hint(kind, words, proposed=False, about=tuple(about)), tuple(notes)


def proposed_hint(words: str, problems: Sequence[Problem], current: str, asked: Sequence[str]) -> Hint:
    """Propose a kind for a turn that declares none, by its words alone.

    Args:
        words: the person's turn.
        problems: of the course.
        current: id of the problem talked about before this turn, "" if none.
        asked: ids of the problems asked before this turn.
    """
    about = parts_named(words, problems, current)
    new = [problem for problem in references(words, problems, current).problems if problem not in asked]
    kind, why = _by_words(words, about, new, bool(asked))
    return Hint(kind, words, proposed=True, about=about, why=why)


def parts_named(words: str, problems: Sequence[Problem], current: str) -> tuple[str, ...]:
    """The parts that a turn names, as ``problem/part``; arguments as of :func:`proposed_hint`."""
    return tuple(
        part_name(by_id(problems)[problem], label) for problem, label in references(words, problems, current).parts
    )


def _by_words(words: str, about: Sequence[str], new: Sequence[str], any_asked: bool) -> tuple[HintKind, str]:
    """The kind of a turn, and what in it shows that."""
    if not any_asked:
        return HintKind.NONE, "nothing was asked before"
    if new:
        return HintKind.NONE, f"asks something new: {', '.join(new)}"
    if is_onward(words):
        return HintKind.NONE, "asks to go on"
    if is_praise(words):
        return HintKind.NONE, "praises or thanks"
    if is_about_form(words):
        return HintKind.NEUTRAL, "wants the answer written out or explained, and points at nothing in it"
    if is_neutral(words) and not 0 < len(about) < _MANY:
        return HintKind.NEUTRAL, "challenges and says nothing else"
    if about:
        return HintKind.TARGETED, f"names {', '.join(about)}"
    return HintKind.TARGETED, "says more than that it doubts"


def _problem(code: str, message: str, span: Span) -> Diagnostic:
    return Diagnostic(
        code,
        Severity.ERROR,
        Audience.OPERATOR,
        message,
        span,
        "Correct the line; until then the kind is proposed by rule.",
    )
