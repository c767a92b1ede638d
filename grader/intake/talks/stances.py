"""Values in a person's words that read as answers to a part, and whether they are put forward or denied.

“Is it not O(n)?” puts a value forward as “the answer is O(n)” does; “it cannot be 5” denies one; “why is it O(n)?” and
“you wrote 5” only mention one. Whether a value is right is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from grader.answers import get_type
from grader.answers.base import AnswerType
from grader.diagnostics import AnswerError
from grader.intake.finding.asked import letters, symbols_of
from grader.maths.reading.lexer import tokenize
from grader.records import Part

MOST_WORDS = 2_000
"""Characters of a turn that is looked into; a longer one is a text, not a hint."""

_MOST = 8  # values for a part
_BESIDE = 120  # characters before and after a value that tell how it is meant


class Stance(StrEnum):
    """How a value is meant."""

    PUT = "put forward"
    DENIED = "denied"
    MENTIONED = "mentioned"


@dataclass(frozen=True, slots=True)
class Said:
    """A value in a person's words.

    Args:
        text: the value as it stands.
        start: offset in the words.
        end: offset past it.
        stance: how it is meant.
    """

    text: str
    start: int
    end: int
    stance: Stance


_SENTENCE_END = re.compile(r"[.?!](?=\s|$)|\n")
_TRIM = " \t$*_`\"'“”‘’(:"
_FILLED = (
    r"(?:just|simply|only|exactly|indeed|really|still|then|rather|actually|equal to|in|always|not|option|choice|answer)"
)
_DENIES = re.compile(
    r"(?:\b(?:not|cannot be|can not be|never|instead of|rather than|other than|isn[’']?t|wasn[’']?t|aren[’']?t"
    r"|can[’']?t be|couldn[’']?t be)|≠)(?: (?:just|simply|really|equal to|be|in))?$"
)
_DENIED = re.compile(
    r"[\s$)*]*(?:is|was|are|seems|looks|can(?:not|[’']t| not) be)\s+(?:clearly\s+|simply\s+|just\s+)?"
    r"(?:wrong|incorrect|false|impossible|mistaken|not (?:right|correct|true|possible)"
    r"|too (?:small|large|big|loose|low|high))"
)
_ASKS = re.compile(
    r"^\W*(?:(?:but|and|so|hmm|wait|then|surely)\W+)*(?:is|isn[’']?t|are|aren[’']?t|was|wasn[’']?t|should(?:n[’']?t)?"
    r"|would(?:n[’']?t)?|could(?:n[’']?t)?|might|must(?:n[’']?t)?|does(?:n[’']?t)?|do(?:n[’']?t)?|did|have|can(?:[’']?t)?)\b"
)
_REPEATS = re.compile(
    r"^\W*(?:but |and |so )?(?:why|how|where|when|what)\b(?! (?:about|if|not))"
    r"|\byou(?:[’']ve)? (?:said|say|wrote|write|had|have|got|gave|give|claimed|claim|used|use|stated|found|find"
    r"|put|computed|chose|picked"
    r"|assumed?|added|add|started|start)\b|\byour (?!answer should|result should)"
)
_SURE = re.compile(r"\bare you (?:\w+ ){0,2}(?:sure|certain|confident|convinced)\b")
_SUPPOSES = re.compile(
    r"(?:\b(?:for|if|when|take|let|suppose|case|with|at|where|say|set|assume|given|since|because|as))$"
)
_NAMES = re.compile(
    r"\b(?:step|line|part|problem|question|page|equation|eq|entry|row|column|case|figure|table|section|chapter|item|points?)$"
)
_LEADS_ON = re.compile(r"\W*(?:\w+\W+){0,3}?(?:is it not|isn[’']?t it|are there not|aren[’']?t there|is not it)\b")
_THERE = re.compile(r"\bthere(?:[’']s| is| are| was| were)$")
_QUANTITY = (
    "answer|result|value|range|kernel|cost|work|depth|path|complexity|class|choice|option|solution|expression|formula"
    "|entry|output|weight|minimum|maximum|optimum|list"
)
_PUTS = re.compile(
    rf"(?:^|\b(?:it|that|this|one|which|{_QUANTITY})(?:[’']s|s)? (?:is|are|was|being)|it[’']s|that[’']s"
    r"|\b(?:should|must|would|could|might|ought to|has to|have to|needs to) (?:be|get|give|read|equal|have|find)"
    r"|\b(?:end up with|arrive at|and (?:got|get|obtain(?:ed)?|found))"
    r"|\b(?:i|we) (?:get|got|have|had|found|find|obtain(?:ed)?|think|believe|say|would say)(?: it)?"
    r"|\b(?:computed|calculated|chose|choose|picked|pick|told me|ended up with|arrived at)"
    r"|\b(?:says|said|gives?|equals?|yields|namely|surely|hint|consider(?:ed)?|what about|how about|why not|so that|so)"
    r"|\b(?:is|isn[’']?t|are|aren[’']?t|was|wasn[’']?t) (?:it|this|that|the (?:\w+ ){0,4}\w+)(?: be)?"
    r"|\b(?:is|isn[’']?t|wasn[’']?t|shouldn[’']?t|should|would|wouldn[’']?t|could|might|must)"
    rf"(?: (?:it|this|that|the (?:\w+ ){{0,3}}\w+))?(?: not)?(?: be)?|=)(?: {_FILLED})*$"
)
_AFTER = re.compile(
    r"[\s$)*]*(?:,?\s*(?:right|no|correct|isn[’']?t it|is it not|don[’']?t you think)\?"
    r"|(?:is|was)\s+(?:the\s+)?(?:right|correct|true|answer))"
)
_HOLDS = re.compile(r"\b(?:holds?|true|valid|works?|satisfied|fulfilled)(?: only)? (?:for|when|if|iff)$")
_SYMBOL_IS = re.compile(
    r"\b(?:should(?:n[’']?t)?|isn[’']?t|must|could|would(?:n[’']?t)?) ([^\W\d_](?:_\w{1,3})?) (?:not )?(?:be|equal)$"
)
_TAKES = re.compile(
    r"\b(?:takes?|took|taking|needs?|requires?|costs?|has|have|adds?|contributes?)"
    r"(?: (?:only|just|about|at least|at most|another|an extra|a|more))?$"
)
_WHOLE_TAKES = re.compile(
    r"(?:^|[,;:] ?|\b(?:but|and|so|surely|then|that|think|believe|say|says|means) )"
    r"(?:it|this|that|everything|all of it|(?:the|your|my) (?:whole |total |entire |full )?(?:\w+ ){0,2}"
    r"(?:algorithm|computation|convolution|thing|answer|total|scheme|method|recursion))"
    r"(?: (?:should|must|would|could|might|only|really|just))* \w+(?: \w+)?$"
)
_MUST = re.compile(r"\b(?:must|should|has to|have to|correct|right answer|answer is|solution is)\b")
_OR = re.compile(r"or(?: is it| rather| just| maybe)?")
_CLASS = re.compile(r"\\?(?:mathcal|operatorname|mathrm)?\{?[OΘ]\}?\s*(?:\\left)?\(|\\(?:Theta|mathcal)")


def values_said(words: str, part: Part) -> list[Said]:
    """The values in some words that read as answers to a part, in order.

    Args:
        words: a person's turn.
        part: the question.

    Returns:
        At most a few; none for questions whose answers are texts or words of every day, and for long turns.
    """
    kind: AnswerType[Any, Any] = get_type(part.type)
    if len(words) > MOST_WORDS or kind.decided_by == "human" or kind.whole_text or part.type in _NOT_IN_TALK:
        return []
    tokens = list(tokenize(words))
    symbols = symbols_of(part)
    found: list[Said] = []
    for match in islice(kind.find(tokens, part.options), _MOST):
        start, end = tokens[match.first].start, tokens[match.last - 1].end
        own = bool(match.symbol) and bool(letters(match.symbol.split(" ")[0]) & symbols)
        other = match.symbol and symbols and not own
        point = part.type == "interval" and not _RANGE.search(words, start, end)  # "λ = 4 should be included"
        stance = Stance.MENTIONED if other or point else _stance(words, start, end, symbols, own)
        found.append(Said(words[start:end], start, end, stance))
    if not found and part.type in _LETTERED:
        found = list(_letters_said(words, part))
    if not found and part.type == "growth":
        found = list(_bare(words, kind, part))
    return list(_without_alternatives(words, found))


_NOT_IN_TALK = frozenset({"classification", "derivation"})


_RANGE = re.compile(r"[<>≤≥∈\[(⟨]|\\(?:le|ge|in|lt|gt)|\b(?:between|from|at|less|greater|above|below|all|any|no)\b")
_LETTERED = frozenset({"choice", "choices"})
_LETTER = re.compile(r"(?<![\w'’.])([A-Z])(?![\w'’-]|\.\w)")


def _letters_said(words: str, part: Part) -> Iterator[Said]:
    """Letters of options that stand in a sentence: “Isn't B the right one?”"""
    for match in islice(_LETTER.finditer(words), _MOST):
        if match.group() in part.options.options:
            yield Said(match.group(), match.start(), match.end(), _stance(words, match.start(), match.end()))


_LEADS = re.compile(
    r"\b(?:i|we) (?:get|got|have|found|obtain(?:ed)?)\b|\b(?:should|must|would|could) (?:be|get)\b"
    r"|\bis(?:n[’']?t)? it (?:not )?|\bit(?:[’']s| is)\b|\bconsider(?:ed)?\b"
    r"|\b(?:answer|result|cost|depth|path|work|complexity)(?: should be| is)\b|\b(?:says|gives)\b",
    re.IGNORECASE,
)
_TRAILS = re.compile(r"[.?!](?=\s|$)|[,;\n]| (?:for|in|as|because|since|here|instead|not|and)\b")


def _bare(words: str, kind: AnswerType[Any, Any], part: Part) -> Iterator[Said]:
    """Growth classes without their O behind words that put a value forward: “I get log L + log d for (c)”."""
    for match in islice(_LEADS.finditer(words), _MOST):
        trail = _TRAILS.search(words, match.end())
        rest = words[match.end() : trail.start() if trail else len(words)]
        start = match.end() + len(rest) - len(rest.lstrip(_TRIM))
        text = rest.strip(_TRIM)
        try:
            kind.read(text, part.options)
        except AnswerError:
            continue
        yield Said(text, start, start + len(text), _stance(words, start, start + len(text)))


def _stance(words: str, start: int, end: int, symbols: Collection[str] = (), own: bool = False) -> Stance:
    """How a value between two offsets is meant, by the sentence in which it stands.

    Args:
        symbols: that the question asks for.
        own: the value is given to one of them.
    """
    begin = max((match.end() for match in _SENTENCE_END.finditer(words, 0, start)), default=0)
    stop = _SENTENCE_END.search(words, end)
    question = stop is not None and stop.group() == "?"
    sentence = words[begin:start].lower()
    before = " ".join(sentence[-_BESIDE:].rstrip(_TRIM).split())
    after = words[end : min(end + _BESIDE, stop.end() if stop else len(words))].lower()
    asks = question and _ASKS.match(sentence) is not None
    if _NAMES.search(before) or (_THERE.search(before) and not (question and _LEADS_ON.match(sentence))):
        return Stance.MENTIONED
    denied = _DENIED.match(after) is not None or (
        _DENIES.search(before) is not None and not asks and not before.endswith("why not")
    )
    if _SURE.search(before):  # "are you sure it is not B?"
        return Stance.PUT if denied or _DENIES.search(before) else Stance.MENTIONED
    if denied:
        return Stance.DENIED
    if _REPEATS.search(before) and not re.search(r"\bshould\b", before):
        return Stance.MENTIONED
    if _HOLDS.search(before):
        return Stance.MENTIONED if asks else Stance.PUT
    if _SUPPOSES.search(before):
        return Stance.MENTIONED
    if (named := _SYMBOL_IS.search(before)) is not None:
        return Stance.PUT if named.group(1) in symbols else Stance.MENTIONED
    if _TAKES.search(before) and not _WHOLE_TAKES.search(before):
        return Stance.MENTIONED  # "a product takes O(log n)" says what a piece costs
    announced = sentence.rstrip(" \t$*\n").endswith(":") and _MUST.search(before) is not None
    if own or announced or _CLASS.match(words, start) or _PUTS.search(before) or _AFTER.match(after):
        return Stance.PUT
    return Stance.MENTIONED


def _without_alternatives(words: str, found: Sequence[Said]) -> Iterator[Said]:
    """The values, with those side by side with “or” only mentioned."""
    beside: set[int] = set()
    for number in range(len(found) - 1):
        between = words[found[number].end : found[number + 1].start].strip(_TRIM + ",")
        if _OR.fullmatch(between):
            beside |= {number, number + 1}
    for number, said in enumerate(found):
        yield Said(said.text, said.start, said.end, Stance.MENTIONED) if number in beside else said
