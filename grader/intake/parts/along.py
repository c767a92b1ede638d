"""Labels along a line behind the one it opens with: “(a) 3, (b) 5”, “(b)(i) [0, 1] (ii) [0, 2]”.

A label in the middle of a line is mostly a mention. It opens a part where it names a later part of the same problem,
is written with a bracket, and stands where a statement may begin: behind a mark that ends one, or behind a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from grader.intake.parts.headingwords import reads_as_answer
from grader.intake.parts.labels import Label, Tree

_MOST = 40  # labels on one line
_LOOK = 4_000  # characters of a line that are looked at
_LABEL = re.compile(
    r"(?P<open>(?:(?:\\?\*){2}|__|\\(?:textbf|underline|emph|textit)[ \t]?\{)?)"
    r"(?:(?<![^\W\d_])(?i:part|teil|parte|partie)[ \t]{1,4})?"
    r"(?P<key>(?<![\w.])\d{1,3}(?=\())?"
    r"(?:\((?P<round>[a-z]{1,4})\)|(?<![(\w])(?P<half>[a-z]{1,4})\))(?:[ \t]?\((?P<sub>[ivx]{1,4})\))?"
    r"[.:]?(?P<close>(?:(?:\\?\*){2}|__|\})?)[.:]?(?=[ \t$])"
)
_STRONG = re.compile(
    r"(?:[;,.|&\t]|\\quad|\\qquad|\\hfill|\\noindent|\\par|\s)\s{1,8}$"
)  # ends a statement, or leaves a gap
_VALUE = re.compile(r"(?:[\d)\]}$%²³ⁿᵀ]|(?<![A-Za-z])[A-Za-z])[*_]{0,2}[ \t]$")  # ends as a value does
_GOES_ON = re.compile(
    r"[ \t]*(?:[=<>≤≥≈+*/×·^,;.)!?'’&-]|\\(?:in|leq?|geq?|cdot|times)\b|$"
    r"|(?:and|or|is|are|was|were|has|have|as|in|of|to|with|by|above|below|again|uses?|gives?|follows|says|asks|the"
    r"|shows?|needs?|but|too|itself|also|does|holds?|can|cannot|will|would|we|i|it|that|this|there)\b)"
)
_ONE_WORD = re.compile(r"[ \t*_]{0,4}[^\W\d_]{2,20}[*_.,;]{0,4}(?:[ \t]{1,8}(?=\(|$)|$)")
_ONLY_LABELS = re.compile(r"(?:[\s,;&]|and\b|\(?[A-Za-z]\)){0,200}")
_WORDS = re.compile(r"[a-z]{2}")


def labels_along(line: str, at: int, tree: Tree, number: str, current: Label) -> Iterator[tuple[int, int, Label]]:
    """Start, end and label of each further part that the line opens.

    Args:
        line: without its end.
        at: where the first answer begins.
        tree: labels of the problem.
        number: of the problem, as a label may begin with it.
        current: label of the first part on the line.
    """
    dollars, counted = 0, 0
    answered = at  # behind the last label that opened a part
    for found, match in enumerate(_LABEL.finditer(line, at, _LOOK)):
        start, end = match.span()
        dollars += line.count("$", max(counted, at), start)
        counted = start
        if found > _MOST:
            return
        if dollars % 2 or (match.group("key") and match.group("key").lstrip("0") != number):
            continue
        names = (match.group("round") or match.group("half"), *filter(None, [match.group("sub")]))
        place = tree.place(names, current)
        if place is None or not place.known or not tree.follows(place.label, current):
            continue
        if _ONLY_LABELS.fullmatch(line, answered, start):
            continue  # "(c) a), d) apply": options, and no answers between them
        before = line[max(at, start - 16) : start]
        strong = _STRONG.search(before) is not None or bool(match.group("open") and match.group("close"))
        rest = line[end : end + 80]
        row = _ONE_WORD.fullmatch(line, answered, start) and _ONE_WORD.match(rest)  # “(a) true (b) true”
        strong = strong or (row is not None and tree.next(place.label, current))
        if not strong and not (_VALUE.search(before) and tree.next(place.label, current)):
            continue
        if _GOES_ON.match(rest) or (_WORDS.match(rest.lstrip()) and not strong and not reads_as_answer(rest.lstrip())):
            continue
        yield start, end, place.label
        current, answered = place.label, end


_LED = re.compile(
    r"(?:^|(?<=[.!?;]))[ \t]*(?:(?:now|next|also|finally|and|so)\b,?[ \t]{1,4})?"
    r"(?:for|in|as for|as to|regarding|concerning|on|turning to|coming to)[ \t]{1,4}"
    r"(?:(?:part|parte|teil)[ \t]{0,4})?(?P<key>\d{1,3}[ \t]?(?=\())?"
    r"(?:\((?P<round>[a-z])\)|(?<=[a-z][ \t])(?P<bare>[b-n]))(?:[ \t]?\((?P<sub>[ivx]{1,4})\))?[,:](?=[ \t])",
    re.IGNORECASE,
)


_SAID = re.compile(
    r"(?:^|(?<=[.;:,!][ \t])|(?<=\band[ \t])|(?<=\bso[ \t]))(?:(?:the[ \t])?(?:answer|result)[ \t](?:to|for|of)[ \t])?"
    r"(?:part[ \t])?(?P<key>\d{1,3}[ \t]?(?=\())?\((?P<round>[a-z])\)(?:[ \t]?\((?P<sub>[ivx]{1,4})\))?"
    r"(?=[ \t](?:is|are|becomes|equals|should[ \t]be|must[ \t]be|=)[ \t:])",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    r"(?<=[.!?])[ \t](?:\*\*)?(?P<key>\d{1,3}[ \t]?(?=\())?\((?P<round>[a-z])\)(?:[ \t]?\((?P<sub>[ivx]{1,4})\))?"
    r"[:.]?(?:\*\*)?[:.]?(?=[ \t][A-Z\d$\\])"
)


_REVISED = re.compile(
    r"^[ \t>*_-]{0,8}(?:edit|corrections?|errat(?:um|a)|update|revision|p\.?s\.?)\b[^()\n]{0,60}"
    r"(?<![a-z])\(?(?P<round>[a-z])\)(?:[ \t]?\((?P<sub>[ivx]{1,4})\))?(?=[ \t])",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:^|(?<=[:;,][ \t]))\((?P<round>[a-z])\)[ \t](?=\S)")


def led_along(line: str, tree: Tree, number: str) -> Iterator[tuple[int, int, Label]]:
    """Start, end and label of each part that a sentence of the line leads to: “For (d), the depth is …”.

    Args:
        line: without its end.
        tree: labels of the problem.
        number: of the problem, as a label may begin with it.
    """
    return _found(_LED, line, tree, number)


def said_along(line: str, tree: Tree, number: str) -> Iterator[tuple[int, int, Label]]:
    """Start, end and label of each part of which a clause says something: “(e) is 6 and (f) is 7”; see above."""
    return _found(_SAID, line, tree, number)


def begun_along(line: str, tree: Tree, number: str) -> Iterator[tuple[int, int, Label]]:
    """Start, end and label of each part with which a sentence begins: “… is easy. (b) The factor is …”; see above."""
    return _found(_BEGUN, line, tree, number)


def revised_along(line: str, tree: Tree, number: str) -> Iterator[tuple[int, int, Label]]:
    """Start, end and label of the part that a line corrects: “Edit: in (d) I counted the zero …”; see above."""
    return _found(_REVISED, line, tree, number)


def listed_along(line: str, tree: Tree, number: str) -> list[tuple[int, int, Label]]:
    """Start, end and label of parts that follow one another in a line: “Answers: (a) 5, (b) 6”; see above."""
    found = list(_found(_LISTED, line, tree, number))
    follow = all(tree.next(after[2], before[2]) for before, after in pairwise(found))
    return found if len(found) > 1 and follow else []


def _found(pattern: re.Pattern[str], line: str, tree: Tree, number: str) -> Iterator[tuple[int, int, Label]]:
    for match in islice(pattern.finditer(line, 0, _LOOK), _MOST):
        groups = match.groupdict()
        if groups.get("key") and groups["key"].strip().lstrip("0") != number:
            continue
        names = filter(None, map(groups.get, ("round", "bare", "sub")))
        place = tree.place(tuple(name.lower() for name in names), ())
        if place is not None and place.known:
            yield match.start(), match.end(), place.label
