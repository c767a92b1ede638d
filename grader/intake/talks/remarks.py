"""What a person wrote beside a conversation: no turn, and no part of the reply in which it stands.

Marked remarks say so (``> Annotator: …``, ``[Comment: …]``, ``<!-- … -->``, a heading “My notes”). Others are known
by their manner: they talk of the model as of somebody else.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.intake.corrected import OWN_COMMENT
from grader.intake.formats.markdown import fences
from grader.intake.talks.manners import judges, opening, remarking
from grader.intake.talks.names import ANNOTATOR
from grader.intake.talks.thoughts import paragraphs

SURE = 3
"""Points for the manner of words at which they are a remark without another sign."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A remark's place.

    Args:
        start, end: offsets of all that is no part of the reply, with the marks.
        words_start, words_end: of the words alone.
    """

    start: int
    end: int
    words_start: int
    words_end: int

    def moved(self, by: int) -> Aside:
        """The same place in a text that has ``by`` more characters before it."""
        return Aside(self.start + by, self.end + by, self.words_start + by, self.words_end + by)


_BOLD = r"(?:(?:\\?\*){1,3}|__)?"
_MARKED = (
    r"^[ \t]{0,12}(?:(?P<quote>>[ \t]?)|(?P<hash>\#{1,6}[ \t]{1,8}))?(?P<bold>(?:\\?\*){1,3}|__)?"
    r"(?:[\U0001F300-\U0001FAFF\u2600-\u27BF\uFE0F]{1,4}[ \t])?(?P<open>[\[(])?[ \t]?(?:%s)(?![\w’'])"
    rf"(?:[ \t]?#?\d{{1,3}})?(?:[ \t]?\([^()\n]{{0,80}}\))?{_BOLD}(?:[ \t]?(?P<colon>:)[ \t]?{_BOLD}"
    r"|(?P<alone>[ \t]*\r?$))"
)
_EMPTY = re.compile(r"[ \t]*\r?(?:\n|$)")
_BRACKET = re.compile(r"[\[\]()]|\n[ \t]*\n")
_DEEPEST = 5  # brackets in a remark
_COMMENT = re.compile(rf"<!--(?!{OWN_COMMENT})(.{{0,4000}}?)-->", re.DOTALL)
_HEADING = re.compile(r"^[ \t]*(?:(#{1,6})[ \t]+\S|[-*_—]{3,}[ \t]*\r?$)", re.MULTILINE)


def marked_remarks(text: str, labels: Sequence[int], marks: Sequence[str] = ()) -> list[Aside]:
    """The remarks that are marked as such, in order.

    Args:
        text: a transcript.
        labels: offsets of the lines that say who speaks, in order; a remark ends before the next.
        marks: further words with which remarks begin.
    """
    pattern = re.compile(_MARKED.replace("%s", "|".join([ANNOTATOR, *map(re.escape, marks)])), re.MULTILINE)
    code = [(opening[0], closing[1]) for opening, closing in fences(text)]
    starts = [start for start, _ in code]
    found: list[Aside] = []
    after = 0
    for match in sorted([*pattern.finditer(text), *_COMMENT.finditer(text)], key=lambda one: one.start()):
        block = bisect_right(starts, match.start()) - 1
        if match.start() < after or (block >= 0 and match.start() < code[block][1]):
            continue
        aside = _comment(match) if match.re is _COMMENT else _marked(text, match, labels)
        if aside is not None and text[aside.words_start : aside.words_end].strip():
            found.append(aside)
            after = aside.end
    return found


def _comment(match: re.Match[str]) -> Aside:
    return Aside(match.start(), match.end(), match.start(1), match.end(1))


def _marked(text: str, match: re.Match[str], labels: Sequence[int]) -> Aside | None:
    following = bisect_left(labels, match.end())
    limit = labels[following] if following < len(labels) else len(text)
    start, words = match.start(), match.end()
    if match["open"]:
        end = _closing(text, match.start("open"), limit)
        return Aside(start, end, words, end - 1) if end else None
    if match["quote"]:
        end = _end_of_quote(text, start, limit)
        return Aside(start, end, words, end)
    headed = bool(match["hash"] or match["bold"])
    if headed and _EMPTY.match(text, words):
        return Aside(start, *_below(text, match, limit))
    if match["alone"] is not None:
        return None
    _, end = next(paragraphs(text, words, limit), (words, words))
    return Aside(start, end, words, end)


def _below(text: str, match: re.Match[str], limit: int) -> tuple[int, int, int]:
    """End, and the words, of a remark whose mark stands alone: to the next heading or rule."""
    words = match.end()
    level = len((match["hash"] or "").strip()) or 6
    end = limit
    for heading in _HEADING.finditer(text, words, limit):
        if heading[1] is None or len(heading[1]) <= level:
            end = heading.start()
            break
    return end, words, end


def _closing(text: str, opening: int, limit: int) -> int:
    """Offset past the bracket that closes the one at ``opening``, in the same paragraph; 0 where there is none."""
    depth = 0
    for match in _BRACKET.finditer(text, opening, min(limit, opening + 4000)):
        if match.group()[0] == "\n":
            break
        depth += 1 if match.group() in "[(" else -1
        if depth == 0:
            return match.end()
        if depth > _DEEPEST:
            break
    return 0


def _end_of_quote(text: str, start: int, limit: int) -> int:
    """Offset past the last line of a quotation."""
    at = end = start
    while at < limit:
        newline = text.find("\n", at, limit)
        line_end = limit if newline < 0 else newline
        if not text[at:line_end].lstrip().startswith(">"):
            break
        end, at = line_end, line_end + 1
    return end


def talks_of_models(text: str) -> bool:
    """Whether a person remarks on the model somewhere in a reply: some paragraph is beyond doubt a remark."""
    return any(_is_prose(text[start:end]) and remarking(text[start:end]) > SURE for start, end in paragraphs(text))


def remarks_by_manner(words: str, annotated: bool, italic: bool = False) -> list[Aside]:
    """Remarks in a reply that nothing marks.

    Args:
        words: of the reply; what is no part of it is blank.
        annotated: a person has certainly remarked on the conversation. Where none has, only the plainest manner counts.
        italic: remarks are set in italics.
    """
    found: list[Aside] = []
    blocks = list(paragraphs(words))
    for index, (start, end) in enumerate(blocks):
        last = index + 1 == len(blocks) or _ends_section(words[blocks[index + 1][0] : blocks[index + 1][1]])
        slanted = _SLANTED.fullmatch(words[start:end])
        if slanted and (italic or slanted["sign"] or _may_be_slanted(slanted["words"], last, annotated)):
            found.append(Aside(start, end, start + slanted.start("words"), start + slanted.end("words")))
        elif not (index == 0 and opening(words[start:end])) and _is_remark(words[start:end], last, annotated):
            found.append(Aside(start, end, start, end))
        elif annotated:
            found += (aside.moved(start) for aside in _at_ends_of_lines(words[start:end]))
    return found


_SLANTED = re.compile(
    r"\s*(?P<sign>(?:[\u26a0\u2757\u274c\u270f\U0001F4DD\U0001F4AC\U0001F449]\ufe0f?[ \t]{1,3})?)"
    r"[*_](?![*_\s])(?P<words>[^*]{8,1500})(?<!\s)[*_]\s*"
)
_RULE = re.compile(r"[ \t]*(?:[-*_]{3,}|—)[ \t]*\r?(?:\n|$)")
_SECTION = re.compile(r"[ \t]*(?:#{1,6}[ \t]|\(?[a-z]\)[ \t]|\*\*\(?[a-z]\)|(?:Problem|Part|Question)[ \t])")


def _may_be_slanted(words: str, last: bool, annotated: bool) -> bool:
    """Whether a paragraph in italics is a remark: one that talks of the model, or judges at the end of a section."""
    return remarking(words) >= 2 or (last and annotated and (judges(words) or remarking(words) > 0))


def _ends_section(following: str) -> bool:
    """Whether the paragraph below begins something new: a rule, a heading, a part."""
    return bool(_RULE.match(following) or _SECTION.match(following))


def _is_prose(paragraph: str) -> bool:
    head = paragraph.lstrip()
    return not (
        head.startswith(("#", "- ", "* ", "+ ", "|", "$$", "```", "\\[")) or re.match(r"\d{1,2}[.)][ \t]", head)
    ) and (len(paragraph) < 2000)


def _is_remark(paragraph: str, last: bool, annotated: bool) -> bool:
    """Whether a paragraph of a reply is a person's remark on it."""
    if not _is_prose(paragraph) or _LEAD.match(paragraph) or not remarking(_SENTENCE.split(paragraph, 1)[0]):
        return False
    points = remarking(paragraph)
    if not annotated:
        return points > SURE
    if points >= SURE:
        return True
    return last and points >= 1 and (not judges(paragraph) or "$" not in paragraph)


_LEAD = re.compile(r"\s*(?:\\?\*){2}[^*\n]{1,120}:[ \t]*(?:\\?\*){2}|\s*(?!(?:Note|NB|Remark)s?:)[^.\n]{0,60}:[ \t]+\S")
_BOLD_TAIL = re.compile(r"(?:\\?\*){2}([A-Z][^*\n$=]{8,500}[.!])[ \t]*(?:\\?\*){2}[ \t]*\r?$", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?$*)])[ \t]{1,4}(?=[A-Z])")


def _at_ends_of_lines(block: str) -> Iterator[Aside]:
    """Remarks that stand in a line of the model, after its words."""
    at = 0
    for line in block.splitlines(keepends=True):
        bold = _BOLD_TAIL.search(line, max(0, len(line) - 520))
        if bold and (remarking(bold[1]) >= 1 or judges(bold[1])):
            yield Aside(at + bold.start(), at + bold.end(), at + bold.start(1), at + bold.end(1))
        elif (start := _tail(line)) is not None:
            end = len(line.rstrip())
            yield Aside(at + start, at + end, at + start, at + end)
        at += len(line)


def _tail(line: str) -> int | None:
    """Where the sentences at the end of a line begin that talk of the model; None where there are none."""
    if len(line) > 6000:
        return None
    borders = [match.end() for match in _SENTENCE.finditer(line)][-12:]
    for index, start in enumerate(borders):
        stop = borders[index + 1] if index + 1 < len(borders) else len(line)
        if remarking(line[start:stop]) >= SURE and remarking(line[start:]) >= SURE:
            return start
    return None
