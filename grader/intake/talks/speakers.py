"""Lines that say who speaks: ``User:``, ``**Assistant:**``, ``### Claude Sonnet 4.5``, ``You said:``, ``[User]``."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from grader.intake.formats.markdown import fences
from grader.intake.talks.names import DOUBTFUL_MODEL, DOUBTFUL_PERSON, MODEL, PERSON
from grader.records import Confidence

USER = "user"
ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Speaker:
    """A label and where it stands.

    Args:
        role: ``user`` or ``assistant``.
        start: offset of its line.
        end: offset past it; the words follow.
        name: as written.
        declared: what stands in brackets after the name, "" if nothing.
        declared_start: offset of those words.
        confidence: that it is a label.
        marked: a heading, bold, in brackets or behind a pictograph.
    """

    role: str
    start: int
    end: int
    name: str
    declared: str
    declared_start: int
    confidence: Confidence = Confidence.HIGH
    marked: bool = False


_BOLD = r"(?:(?:\\?\*){1,3}|__)?"
_GAP = r"[ \t]{0,8}"  # bounded: several in a row must not cost a power of their length
_PICTOGRAPH = r"(?:[\U0001F300-\U0001FAFF\u2600-\u27BF\u2B00-\u2BFF\uFE0F\u200D\u25A0-\u25FF]{1,6}[ \t]{1,4})?"
_NUMBERED = r"(?:[ \t]{0,2}(?:#|no\.[ \t]?)?\d{1,3})?"
_BEFORE = (
    r"(?:(?:Turn|Round|Message|Exchange)[ \t]{0,2}#?\d{1,3}[ \t]{0,2}[—–:.|-]{1,2}[ \t]{0,2})?"
    r"(?:\d{1,3}[.)][ \t]{1,2})?"
)
_RULE = r"(?:[=_~–—-]{3,80})"  # “==== PROMPT 1 ====”
_TIME = r"(?:[·|,@–-]?[ \t]?[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[ \t]?[AaPp]\.?[Mm]\.?)?[\])]?)?"
_LABEL = (
    rf"^[ \t]{{0,12}}(?:>[ \t]?)?(?P<rule>{_RULE}[ \t]{{0,4}})?"
    rf"(?P<hash>\#{{1,6}}[ \t]{{1,8}})?(?P<bold>(?:\\?\*){{1,3}}"
    rf"|__)?(?P<sign>{_PICTOGRAPH}){_BEFORE}"
    rf"(?P<open><\|?|\[)?(?:(?P<user>{PERSON})|(?P<model>%s{MODEL})|(?P<doubtful_user>{DOUBTFUL_PERSON})"
    rf"|(?P<doubtful_model>{DOUBTFUL_MODEL}))(?![^\W\d]|[’']){_NUMBERED}(?!\w)(?P<close>\|?>|\])?"
    rf"{_GAP}(?:\((?!(?:[a-z]|[ivx]{{1,4}})\))(?P<declared>[^()\n]{{0,300}})\))?{_GAP}(?:{_BOLD}{_GAP}{_TIME})?"
    rf"(?:{_BOLD}{_GAP}(?P<colon>[:：]|(?<=\d)\.(?=\*\*|__))[ \t]?{_BOLD}|(?P<arrow>>{{1,3}}(?=\s))"
    rf"|(?P<title>[—–-](?=[ \t]\S)[^\n]*$)"
    rf"|(?P<alone>{_BOLD}{_GAP}(?:{_RULE}{_GAP})?\r?$)|(?P<tag>(?<=[>\]])[ \t]?))"
)
_AMBIGUOUS = re.compile(r"(?:.{0,20}[ \t])?(?:[Pp]rompt|PROMPT|Me|Myself)")
_LETTERS = frozenset({"Q", "A", "U", "M", "H", "Question", "QUESTION", "Answer", "ANSWER"})
_HEAD = 4000  # characters before the first turn in which a model may be named
_DECLARED = re.compile(
    r"^[ \t>*-]{0,8}(?:LLM|Model|AI|Assistant|Chatbot)(?:[ \t](?:used|name"
    r"|version))?[ \t]?(?:\*\*)?:[ \t]*(?:\*\*)?[ \t]*"
    r"([A-Z][\w .-]{1,40}?)[ \t*]*\r?$",
    re.MULTILINE,
)


def speakers(text: str, model: str = "", person: str = "") -> list[Speaker]:
    """All speaker labels outside code blocks, in order.

    A name without a colon counts where it is a heading, bold, in brackets or behind a pictograph, alone on its line;
    plain names alone on their lines, and names that can be words of a reply, only where they alternate.

    Args:
        text: the transcript; what is no part of the talk is blank.
        model: a further name of the model that speaks, "" if none is known.
        person: a further name of the person, "" if none is known.
    """
    pattern = _pattern(model, person)
    blocks = [(opening[0], closing[1]) for opening, closing in fences(text)]
    starts = [start for start, _ in blocks]
    sure: list[Speaker] = []
    doubtful: list[Speaker] = []
    for match in pattern.finditer(text):
        block = bisect_right(starts, match.start()) - 1
        if block >= 0 and match.start() < blocks[block][1]:
            continue
        if (found := _read(match)) is not None:
            (sure if found.confidence is Confidence.HIGH else doubtful).append(found)
    return _without_title(text, _chosen(sure, doubtful))


def _pattern(model: str, person: str) -> re.Pattern[str]:
    label = _LABEL.replace("%s", f"{re.escape(model)}|" if model else "", 1)
    if person:
        label = label.replace("(?P<user>", f"(?P<user>{re.escape(person)}|", 1)
    return re.compile(label, re.MULTILINE)


def _read(match: re.Match[str]) -> Speaker | None:
    """The label of a match; None where it is none. Doubtful ones have a confidence below high."""
    marked = bool(
        match["hash"] or match["rule"] or match["bold"] or match["sign"] or (match["open"] and match["close"])
    )
    if bool(match["open"]) != bool(match["close"]) and match["open"]:
        return None
    if match["close"] and not match["open"] and match["close"] != ">":
        return None
    kind = next(name for name in ("colon", "arrow", "title", "alone", "tag") if match[name] is not None)
    if match["close"] and not match["open"]:  # "Student> words"
        kind = "arrow"
    if (kind == "title" and not match["hash"]) or (kind == "tag" and not match["open"]):
        return None
    name = match["user"] or match["model"] or match["doubtful_user"] or match["doubtful_model"]
    role = USER if match["user"] or match["doubtful_user"] else ASSISTANT
    known = match["user"] or match["model"]
    plain = kind == "alone" and not marked
    bare = kind == "colon" and not (match["open"] and match["close"])
    doubtful = not known or plain or (bare and _AMBIGUOUS.fullmatch(name) is not None)
    declared = match["declared"] or ""
    confidence = Confidence.MEDIUM if doubtful else Confidence.HIGH
    place = max(match.start("declared"), 0)
    return Speaker(role, match.start(), match.end(), name, declared, place, confidence, marked)


def _chosen(sure: list[Speaker], doubtful: list[Speaker]) -> list[Speaker]:
    """The sure labels, with those doubtful ones that are needed and alternate with the others."""
    roles = {one.role for one in sure}
    if len(roles) == 2 or not doubtful:
        return sure
    if len(roles) == 1:
        (known,) = roles
        more = [one for one in doubtful if one.role != known]
        for group in (more, *_groups(more)):
            if group and _alternate(merged := _in_order(sure, group)) and 2 * len(group) >= len(sure):
                return _settled(merged)
    for group in (
        doubtful,
        *([one for one in doubtful if one.marked is marked] for marked in (True, False)),
        *_pairs(doubtful),
    ):
        if len({one.role for one in group}) == 2 and group[0].role == USER and _alternate(group) and _enough(group):
            return _settled(group)
    return sure


def _groups(labels: Sequence[Speaker]) -> list[list[Speaker]]:
    """Labels of one name and one style, the largest group first."""
    by_kind: dict[tuple[str, bool], list[Speaker]] = {}
    for one in labels:
        by_kind.setdefault((one.name.lower(), one.marked), []).append(one)
    return sorted(by_kind.values(), key=len, reverse=True)


def _pairs(labels: Sequence[Speaker]) -> list[list[Speaker]]:
    """The most frequent name of a person with the most frequent one of a model."""
    names = Counter((one.role, one.name) for one in labels)
    best = {
        role: max((n for n in names if n[0] == role), key=names.__getitem__, default=None) for role in (USER, ASSISTANT)
    }
    return [[one for one in labels if (one.role, one.name) in best.values()]]


def _in_order(one: Sequence[Speaker], other: Sequence[Speaker]) -> list[Speaker]:
    return sorted([*one, *other], key=lambda speaker: speaker.start)


def _alternate(labels: Sequence[Speaker]) -> bool:
    """No doubtful label stands beside another one of its role."""
    return all(
        one.role != two.role or one.confidence is two.confidence is Confidence.HIGH for one, two in pairwise(labels)
    )


def _enough(labels: Sequence[Speaker]) -> bool:
    """Two pairs are a pattern; one pair is, where its names are no letters of a list of questions."""
    return len(labels) >= 4 or not any(one.name in _LETTERS for one in labels)


def _settled(labels: Sequence[Speaker]) -> list[Speaker]:
    """Labels that alternate twice are as good as sure."""
    if len(labels) < 4 or any(one.name in _LETTERS for one in labels):
        return list(labels)
    return [replace(one, confidence=Confidence.HIGH) for one in labels]


def _without_title(text: str, labels: list[Speaker]) -> list[Speaker]:
    """Without names of models in the head of the file: a title, or a line that says which model it is."""
    first = next((index for index, one in enumerate(labels) if one.role == USER), 0)
    kept: list[Speaker] = []
    for one, following in pairwise(labels[: first + 1]):
        words = text[one.end : min(following.start, one.end + _HEAD)]
        declares = _DECLARED.match(text, one.start)
        title = one.marked and not re.search(r"[a-z)]{2}[.!?](?:\s|$)", words)
        if not title and not declares:
            kept.append(one)
    return kept + labels[first:]


def declared_model(text: str) -> str:
    """The name of the model in a line of the head (“Model: Oracle 7”), "" if none says it."""
    found = _DECLARED.search(text, 0, _HEAD)
    return found[1] if found else ""
