"""What a model thought aloud before it answered: no part of its answer.

Tags (``<think>…</think>``), folded blocks, and the lines by which web chats say how long it took.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.intake.formats.base import Range

_TAG = re.compile(
    r"(?P<open><(?:think|thinking|thought|thoughts|reasoning|analysis|scratchpad)>|◁think▷"
    r"|<\|channel\|>analysis<\|message\|>)"
    r"|(?P<close></(?:think|thinking|thought|thoughts|reasoning|analysis|scratchpad)>|◁/think▷"
    r"|<\|channel\|>final<\|message\|>|<\|end\|>)",
    re.IGNORECASE,
)
_FOLDED = re.compile(
    r"<details[^>\n]{0,100}>\s{0,20}<summary>[^<\n]{0,20}(?:thought|thinking|reasoning|思考)", re.IGNORECASE
)
_FOLD = re.compile(r"<(/?)details\b[^>\n]{0,100}>", re.IGNORECASE)
_LINE = re.compile(
    r"^[ \t>*_#-]{0,12}(?:\[[ \t]?)?[💭🧠🤔💡]?[ \t]?(?:"
    r"(?:Thought|Reasoned|Worked|Pondered)[ \t](?:about[ \t][^\n]{1,60}[ \t])?for[ \t](?:about[ \t])?"
    r"(?:a[ \t](?:few|couple(?:[ \t]of)?)[ \t]|\d[\d.:]{0,6}[ \t]?)(?:s|secs?|seconds?|m|mins?|minutes?|h"
    r"|hours?)\b[^\n]{0,24}"
    r"|(?:已(?:深度)?思考|思考)[ \t]?(?:完成)?[ \t]?[（(]?(?:用时)?"
    r"[ \t]{0,2}\d{1,5}[ \t]{0,2}(?:秒|分钟|s)[^\n）)]{0,12}[)）]?"
    r"|(?:Thought process|Chain of thought|(?:Show|Hide|View|Finished|Extended)[ \t][Tt]hinking|Thinking(?:\.\.\.|…)"
    r"|思考过程|已完成思考)"
    r")[ \t*_>▾▸⌄›\]]{0,8}:?[ \t*]{0,4}\r?$",
    re.MULTILINE,
)
_ABOUT_PERSON = re.compile(
    r"\bthe (?:user|student|person|human)(?:['’]s)?\b|\b(?:they|he|she) (?:asks?|wants?|needs?|is asking)\b",
    re.IGNORECASE,
)
_REASONING = re.compile(
    r"\s*(?:>[ \t>]*)?(?:#{1,6}[ \t]+)?\**(?:Reasoning|Thinking|Thoughts?|Thought process)\**[ \t]*"
    r"(?:(?::\**|\*+)[ \t]*)?\r?\n"
)
_ANSWER = re.compile(
    r"^[ \t>]*(?:#{1,6}[ \t]+)?\**(?:(?:Final )?(?:Answer|Response|Reply|Output)|Solution)\**[ \t]*"
    r"(?:(?::\**|\*+)[ \t]*)?\r?$",
    re.MULTILINE,
)


def _has_tags(text: str) -> bool:
    """Whether a text holds a sign with which a tag begins: most replies hold none, and need not be searched."""
    return "<" in text or "◁" in text


def thoughts(text: str) -> Iterator[Range]:
    """Ranges of a transcript in which a model thinks aloud, where both ends are marked."""
    opened = -1
    for match in _TAG.finditer(text) if _has_tags(text) else ():
        if match["open"]:
            opened = match.start()  # one that was not closed before belongs to a reply that was cut off
        elif opened >= 0:
            yield opened, match.end()
            opened = -1
    yield from _folded(text) if "<" in text else ()
    for match in _LINE.finditer(text):
        yield match.start(), _quoted_below(text, match.end())


def thoughts_of_reply(words: str) -> Iterator[Range]:
    """Ranges of one reply in which the model thinks aloud, where the reply's own ends are those of the thought."""
    tags = list(_TAG.finditer(words)) if _has_tags(words) else []
    if tags and tags[0]["close"] and not tags[0].group().startswith("<|"):
        yield 0, tags[0].end()  # the opening tag was sent by the template, or lost
    if tags and tags[-1]["open"]:
        yield tags[-1].start(), len(words)  # cut off while it thought
    reasoning = _REASONING.match(words)
    answer = _ANSWER.search(words, reasoning.end()) if reasoning else None
    if answer:
        yield 0, answer.start()


def spoken(words: str) -> str:
    """A reply without what the model thought aloud."""
    ranges = sorted([*thoughts(words), *thoughts_of_reply(words)])
    if not ranges:
        return words
    pieces, at = [], 0
    for start, end in ranges:
        pieces.append(words[at : max(start, at)])
        at = max(at, end)
    return "".join([*pieces, words[at:]]).strip()


def _folded(text: str) -> Iterator[Range]:
    at = 0
    while (match := _FOLDED.search(text, at)) is not None:
        depth, end = 0, len(text)
        for fold in _FOLD.finditer(text, match.start()):
            depth += -1 if fold[1] else 1
            if depth == 0:
                end = fold.end()
                break
        yield match.start(), end
        at = end


def _quoted_below(text: str, at: int) -> int:
    """Past the thought below a line that says how long it took: a quotation, or paragraphs that talk of the person."""
    end = at
    for start, stop in paragraphs(text, at):
        words = text[start:stop]
        quoted = all(line.lstrip().startswith(">") for line in words.splitlines())
        if not quoted and not _ABOUT_PERSON.search(words, 0, 2000):
            break
        if re.match(r"[ \t>]*\**(?:User|Human|Student|Me|You|Prompt)\b", words):
            break
        end = stop
    return end


def paragraphs(text: str, at: int = 0, stop: int | None = None) -> Iterator[Range]:
    """Ranges of paragraphs, without the blank lines between them, from an offset on."""
    limit = len(text) if stop is None else stop
    start = -1
    while at < limit:
        newline = text.find("\n", at, limit)
        line_end = limit if newline < 0 else newline
        if text[at:line_end].strip():
            start = at if start < 0 else start
            end = line_end
        elif start >= 0:
            yield start, end
            start = -1
        at = line_end + 1
    if start >= 0:
        yield start, end
