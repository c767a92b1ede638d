"""Values that belong to something else than the question: a number that is a name, another part's answer."""

from __future__ import annotations

from collections.abc import Sequence

from grader.intake.parts.labels import Label

_NAMED_BY_NUMBER = frozenset(
    "subscript superscript step steps line part problem question exercise page equation eq row column figure table "
    "section chapter item theorem lemma case method version".split()
)
"""Right before a number: it says which one."""

_PREPOSITIONS = frozenset("in of for to".split())
_SAID = frozenset("is are was = ≈ becomes equals".split())
_LAST_LETTER = "n"


def is_a_name(before: Sequence[str]) -> bool:
    """Whether the words before a number make it a name: “the subscript 2”, “step 3”.

    Args:
        before: of its sentence, in lower case.
    """
    return bool(before) and before[-1] in _NAMED_BY_NUMBER


def of_another_part(before: Sequence[str], own: Label) -> bool:
    """Whether the words before a value give it to another part: “the projection in (a) is”.

    Args:
        before: of its sentence, in lower case.
        own: label of the part.
    """
    words = list(before[-5:])
    if len(words) < 5 or words[-1] not in _SAID or (words[1], words[3]) != ("(", ")"):
        return False
    letter = words[2]
    named = words[0] in _PREPOSITIONS and len(letter) == 1 and "a" <= letter <= _LAST_LETTER
    return named and letter not in (name.lower() for name in own)
