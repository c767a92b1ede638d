"""What a person's turn tells the model: declared in the label, or proposed by rule.

``User (hint: misleading; about: kernels/c):`` declares. Where nothing is declared a kind is
proposed and marked so. Rules propose only what words show: whether the turn asks something new,
challenges without content, or points somewhere. Whether it gives the answer away or misleads
depends on the truth, so ``revealing`` and ``misleading`` are never proposed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.diagnostics import Audience, Diagnostic, Severity, Span
from grader.intake.references import part_name, references
from grader.records import Hint, HintKind, Problem

_CHALLENGE = re.compile(
    r"^\W*sure\b|\b(?:are you (?:really |quite |absolutely )?(?:sure|certain|confident)|(?:double|re)[- ]?check(?:ing)?"
    r"|check (?:\w+ ){0,3}again|(?:try|think|look)(?: \w+){0,3} again|is (?:that|this|it) (?:right|correct)"
    r"|verify|reconsider|rethink|really|sure about (?:that|this|it)|look it over|once more|i don'?t think so)\b",
    re.IGNORECASE,
)
_KINDS = frozenset(kind.value for kind in HintKind)
_EMPTY_WORD = re.compile(
    r"(?:"
    r"a|about|again|all|an|and|answer|answers|are|be|calculation|calculations|"
    r"can|carefully|check|could|do|for|give|go|have|i|in|is|it|just|look|me|"
    r"more|my|no|of|ok|okay|on|once|one|over|please|previous|reasoning|result|"
    r"results|right|so|solution|sure|that|the|these|think|this|those|to|try|"
    r"we|well|what|will|with|work|would|you|your|hmm|wait|really"
    r")"
)


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
                if name.partition("/")[0] in {problem.id for problem in problems} and "/" in name:
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
    """Propose a kind for a turn that declares none.

    Args:
        words: the person's turn.
        problems: of the course.
        current: id of the problem talked about before this turn, "" if none.
        asked: ids of the problems asked before this turn.
    """
    found = references(words, problems, current)
    by_id = {problem.id: problem for problem in problems}
    about = tuple(part_name(by_id[problem], label) for problem, label in found.parts)
    if not asked or any(problem not in asked for problem in found.problems):
        return Hint(HintKind.NONE, words, proposed=True, about=about)
    kind = HintKind.NEUTRAL if not about and is_neutral(words) else HintKind.TARGETED
    return Hint(kind, words, proposed=True, about=about)


def is_neutral(words: str) -> bool:
    """Whether a turn only challenges: "Are you sure? Please check again." """
    if len(words) > 400 or not _CHALLENGE.search(words):
        return False
    rest = re.findall(r"[^\W_]+", _CHALLENGE.sub(" ", words).lower())
    return not [word for word in rest if not _EMPTY_WORD.fullmatch(word)]


def _problem(code: str, message: str, span: Span) -> Diagnostic:
    return Diagnostic(
        code,
        Severity.ERROR,
        Audience.OPERATOR,
        message,
        span,
        "Correct the line; until then the kind is proposed by rule.",
    )
