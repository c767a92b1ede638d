"""Who speaks, by the looks of the pages: prompts, replies, remarks and thoughts differ in colour or stand elsewhere.

Nothing is presumed of any one program. The look with the most words is the model's; another look is the person's
where its stretches ask, and an annotator's where they talk of the model.
"""

from __future__ import annotations

import colorsys
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from grader.intake.formats.base import Range
from grader.intake.layout import Layout, Look
from grader.intake.talks.manners import asking, remarking
from grader.intake.talks.names import PERSON
from grader.intake.talks.thoughts import thoughts
from grader.records import Confidence


@dataclass(frozen=True, slots=True)
class Voices:
    """What the looks tell; ranges of the text, in order.

    Args:
        person: stretches of the person.
        annotator: remarks.
        thought: what the model thought aloud.
        confidence: that the stretches of the person are all of theirs and nobody else's.
    """

    person: list[Range] = field(default_factory=list)
    annotator: list[Range] = field(default_factory=list)
    thought: list[Range] = field(default_factory=list)
    confidence: Confidence = Confidence.LOW


@dataclass(frozen=True, slots=True)
class _Run:
    """Looks of one kind that follow each other."""

    kind: str
    start: int
    end: int
    whole: bool


_FEW = 20  # letters below which a stretch of another colour is an emphasis
_FAR = 40.0  # points between the margins of two voices
_NEAR = 6.0  # points within which lines are flush
_LABELLED = 60  # characters of a label and a heading between a remark and a prompt
_START = 300  # characters of a title that may stand before the first turn
_SENTENCE = re.compile(r"\w+ \w+ .*[.!?]\s*$", re.DOTALL)
_LABEL = re.compile(rf"[\s>*_]*{PERSON}[\s*_]*[:：]")
_ATTACHMENT = re.compile(r"\s*(?:[-*•][ \t])?[\w ()-]{1,60}\.(?:png|jpe?g|pdf|webp|docx|txt)\b", re.IGNORECASE)
_BULLET = re.compile(r"\s*[-*+•◦▪–|]\s")


def voices(text: str, layout: Layout) -> Voices:
    """What the looks of a text tell of who speaks.

    Args:
        text: of the document.
        layout: its looks.
    """
    looks = [look for look in layout.looks if text[look.start : look.end].strip()]
    if not looks:
        return Voices()
    thought = _thought(text, looks)
    spoken = _outside(looks, thought)
    by_colour = _by_colour(text, spoken)
    if by_colour.person:
        return Voices(by_colour.person, by_colour.annotator, thought, by_colour.confidence)
    person, confidence = _by_indent(text, _outside(spoken, by_colour.annotator))
    return Voices(person, by_colour.annotator, thought, confidence)


def _outside(looks: Sequence[Look], ranges: Sequence[Range]) -> list[Look]:
    """The looks that do not begin in one of the ranges; both are in order."""
    kept: list[Look] = []
    at = 0
    for look in looks:
        while at < len(ranges) and ranges[at][1] <= look.start:
            at += 1
        if at == len(ranges) or look.start < ranges[at][0]:
            kept.append(look)
    return kept


def ink(colour: str) -> str:
    """A colour by name, so that shades of one are the same: ``dark``, ``grey``, ``pale``, ``red``, ``blue`` …

    Args:
        colour: ``#rrggbb``.
    """
    try:
        red, green, blue = (int(colour.lstrip("#")[at : at + 2], 16) / 255 for at in (0, 2, 4))
    except ValueError:
        return "dark"
    hue, light, colourful = colorsys.rgb_to_hls(red, green, blue)
    strength = max(red, green, blue) - min(red, green, blue)
    if strength < 0.25 or colourful < 0.2:
        return "dark" if light < 0.3 else "grey" if light < 0.75 else "pale"
    names = ("red", "orange", "yellow", "green", "green", "cyan", "cyan", "blue", "blue", "violet", "pink", "pink")
    return names[round(hue * 12) % 12]


def _thought(text: str, looks: Sequence[Look]) -> list[Range]:
    """Lines that say how long a model thought, with what follows in their own colour."""
    main = _main(text, looks)
    found: list[Range] = []
    marks = iter(sorted(thoughts(text)))
    mark = next(marks, None)
    for index, look in enumerate(looks):
        while mark and mark[1] <= look.start:
            mark = next(marks, None)
        if mark is None:
            break
        if look.end <= mark[0]:
            continue
        colour, end = ink(look.colour), look.end
        if colour == main:
            found.append(mark)
        else:
            for following in looks[index + 1 :]:
                if ink(following.colour) != colour or following.size > look.size + 0.1:
                    break
                end = following.end
            found.append((mark[0], max(mark[1], end)))
        mark = next(marks, None)
    return found


def _main(text: str, looks: Sequence[Look]) -> str:
    weights: Counter[str] = Counter()
    for look in looks:
        weights[ink(look.colour)] += len(text[look.start : look.end].strip())
    return weights.most_common(1)[0][0]


def _by_colour(text: str, looks: Sequence[Look]) -> Voices:
    """Persons and annotators by colour."""
    main = _main(text, looks)
    runs = list(_runs(text, [(ink(look.colour), look.start, look.end) for look in looks]))
    person: list[Range] = []
    annotator: list[Range] = []
    sure = Confidence.LOW
    for kind in sorted({run.kind for run in runs} - {main}):
        mine = [run for run in runs if run.kind == kind]
        whole = [run for run in mine if run.whole]
        if 5 * sum(_letters(text, run) for run in whole) < 4 * sum(_letters(text, run) for run in mine):
            continue  # emphasis within lines, links, code
        asks = sum(_asks(text[run.start : run.end]) for run in whole)
        remarks = sum(min(max(remarking(text[run.start : run.end]), 0), 4) for run in whole)
        if asks > remarks and asks >= len(whole):
            person += [(run.start, run.end) for run in whole]
            clear = Confidence.HIGH if len(whole) > 1 and asks >= 2 * len(whole) else Confidence.MEDIUM
            sure = clear if sure is Confidence.LOW else Confidence.MEDIUM
        elif remarks > asks and remarks >= 0.7 * len(whole):
            annotator += [(run.start, run.end) for run in whole]
    annotator += _between(text, runs, main, sorted(person), annotator)
    return Voices(sorted(person), sorted(annotator), [], sure)


def _between(
    text: str, runs: Sequence[_Run], main: str, person: Sequence[Range], annotator: Sequence[Range]
) -> list[Range]:
    """Remarks in a third colour that stand, most of them, right before the person speaks again, or at the end."""
    starts, known = [start for start, _ in person], {*person, *annotator}
    found: list[Range] = []
    for kind in sorted({run.kind for run in runs} - {main, "dark", "grey", "pale"}):
        mine = [run for run in runs if run.kind == kind and run.whole]
        if len(mine) < 2 or any((run.start, run.end) in known for run in mine):
            continue
        before = 0
        for run in mine:
            index = bisect_left(starts, run.end)
            following = starts[index] if index < len(starts) else len(text)
            before += len(text[run.end : following].strip()) <= _LABELLED
        if person and 2 * before > len(mine):
            found += [(run.start, run.end) for run in mine]
    return found


def _asks(words: str) -> int:
    """Points for words of a person, at most 4."""
    label = _LABEL.match(words)
    points = max(asking(words[label.end() :] if label else words), 0)
    return min(points + (3 if label else 0) + (2 if _ATTACHMENT.match(words) else 0), 4)


def _letters(text: str, run: _Run) -> int:
    return sum(character.isalnum() for character in text[run.start : run.end])


def _runs(text: str, pieces: Sequence[tuple[str, int, int]]) -> Iterator[_Run]:
    """Neighbouring pieces of one kind as one; a short formula of another kind does not part them."""
    at = 0
    while at < len(pieces):
        kind, start, end = pieces[at]
        stop = at + 1
        while stop < len(pieces) and pieces[stop][0] == kind:
            end = pieces[stop][2]
            stop += 1
        words = text[start:end]
        line = text[text.rfind("\n", 0, start) + 1 : start].strip(" \t>*_#-")
        begins = not line or line[-1] in ".!?:$)" or words.lstrip()[:1].isupper()
        much = sum(character.isalpha() for character in words) >= _FEW or _SENTENCE.search(words) is not None
        yield _Run(kind, start, end, begins and (much or (not line and len(words.split()) >= 2)))
        at = stop


def _by_indent(text: str, looks: Sequence[Look]) -> tuple[list[Range], Confidence]:
    """Persons by the place of their lines: those of one of the two stand further right."""
    weights: Counter[int] = Counter()
    for look in looks:
        words = text[look.start : look.end]
        if _is_prose(words):
            weights[round(look.left)] += len(words)
    if not weights:
        return [], Confidence.LOW
    total = weights.total()
    margin = min(left for left in weights if sum(weights[left + by] for by in range(-2, 3)) >= 0.08 * total)
    size = Counter({look.size: 0 for look in looks})
    for look in looks:
        size[look.size] += look.end - look.start
    body = size.most_common(1)[0][0]
    best: tuple[int, list[Range], Confidence] = (0, [], Confidence.LOW)
    for left, _ in weights.most_common(12):
        if left < margin + _FAR:
            continue
        found, confidence = _stretches_at(text, looks, left, body)
        if found and (much := sum(end - start for start, end in found)) > best[0]:
            best = (much, found, confidence)
    return best[1], best[2]


def _stretches_at(text: str, looks: Sequence[Look], left: float, body: float) -> tuple[list[Range], Confidence]:
    """The stretches whose lines begin at ``left`` or right of it, if they are those of a person.

    A short prompt that is set to the right margin begins further right than others, and has to ask.
    """
    pieces = [("in" if look.left >= left - _NEAR else "out", look.start, look.end) for look in looks]
    flush = [look.start for look in looks if abs(look.left - left) <= _NEAR]
    sizes = {look.start: look.size for look in looks}
    found: list[Range] = []
    before = 0  # characters of the other voice before the first stretch
    for run in _runs(text, pieces):
        words = text[run.start : run.end]
        is_flush = bisect_left(flush, run.start) < bisect_left(flush, run.end)
        if run.kind == "in" and _may_ask(words, abs(sizes[run.start] - body) < 1, is_flush):
            found.append((run.start, run.end))
        elif not found:
            before += len(words)
    if not found or before > _START:
        return [], Confidence.LOW
    asks = [_asks(text[start:end]) for start, end in found]
    if 2 * sum(points > 0 for points in asks) < len(found) or sum(asks) < len(found):
        return [], Confidence.LOW
    sure = len(found) > 1 and 2 * sum(points >= 2 for points in asks) >= len(found)
    return found, Confidence.HIGH if sure else Confidence.MEDIUM


def _may_ask(words: str, plain: bool, flush: bool) -> bool:
    """Whether lines on the right may be a prompt: of prose, and flush with others or asking."""
    if _ATTACHMENT.match(words):
        return True
    return plain and not _BULLET.match(words) and _has_prose(words) and (flush or _asks(words) > 0)


def _is_prose(words: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", words[:200])) >= 3


def _has_prose(words: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", words[:400])) >= 2
