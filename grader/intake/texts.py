"""A text cut into the sections that its headings name, with the tokens of each: what answers are looked for in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from grader.diagnostics import Span
from grader.intake.documents import Document, document_from_text
from grader.intake.finding import cues
from grader.intake.finding.echoes import without_echoes
from grader.intake.finding.ranks import Text
from grader.intake.formats.markdown import fences
from grader.intake.parts.contexts import Context, contexts
from grader.intake.parts.labels import Label
from grader.intake.parts.lettered import sections_of
from grader.intake.parts.sections import Section
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.tokens import Kind, Token
from grader.records import Confidence, Conversation, Doubt, Problem, Turn

MAX_CONTEXT = 1500
"""Most characters of an answer's surroundings that a claim carries."""


@dataclass(frozen=True)
class CutText:
    """A document or one reply, cut into sections. Their tokens are made when a part first asks for them, and once.

    Args:
        document: the text.
        sections: of the text.
        offset: of the text in its file.
        line: lines of the file before the text; 0 where the document knows its places.
        most: the confidence that no answer in it exceeds.
    """

    document: Document
    sections: tuple[Section, ...]
    offset: int = 0
    line: int = 0
    most: Confidence = Confidence.HIGH
    _tokens: dict[int, list[Token]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _texts: dict[tuple[int, ...], Text] = field(default_factory=dict, init=False, repr=False, compare=False)

    def tokens(self, index: int) -> Sequence[Token]:
        """The tokens of a section.

        Args:
            index: of the section.
        """
        if index not in self._tokens:
            section = self.sections[index]
            words = self.document.masked[section.start : section.end]
            if section.heading.lstrip()[:1] == "|":
                words = _LAST_PIPE.sub(lambda pipe: " " * len(pipe.group()), words)
            self._tokens[index] = tokenize(words, section.start)
        return self._tokens[index]

    def text(self, indices: Iterable[int]) -> Text:
        """The tokens of several sections, with a paragraph break between; parts that share sections share it.

        Args:
            indices: of the sections.
        """
        key = tuple(indices)
        if key not in self._texts:
            self._texts[key] = Text(joined(map(self.tokens, key)), self.document.text)
        return self._texts[key]

    def span(self, start: int, end: int) -> Span:
        """The span in the file of what stands at these offsets of the text."""
        at = self.document.span(start, end)
        return Span(at.file, start + self.offset, end + self.offset, at.line + self.line, at.column, at.page)

    @cached_property
    def code(self) -> list[tuple[int, int]]:
        """Ranges of offsets that hold programs, or what they printed."""
        if self.document.format != "markdown" or not ("```" in self.document.text or "~~~" in self.document.text):
            return []
        return [(opening[0], closing[1]) for opening, closing in fences(self.document.text)]

    @cached_property
    def _by_problem(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index, section in enumerate(self.sections):
            found.setdefault(section.problem, []).append(index)
        return found

    def of(self, problem: str, label: Label) -> list[int]:
        """Indices of the sections with this label, without those of its parts.

        Args:
            problem: id; "" for sections of none.
            label: of a part, or () for what stands above all parts.
        """
        return [i for i in self._by_problem.get(problem, ()) if self.sections[i].label == label]

    def under(self, problem: str, label: Label) -> list[int]:
        """Indices of the sections about a part: its own, and those of the parts that it has.

        Args:
            problem: id.
            label: of the part.
        """
        return [i for i in self._by_problem.get(problem, ()) if self.sections[i].label[: len(label)] == label]

    def corrected(self, indices: Sequence[int]) -> Sequence[int]:
        """Of the sections about a part those from the last on that begins with a correction of what stands before it.

        Args:
            indices: of the sections, in order.
        """
        for place in range(len(indices) - 1, 0, -1):
            heading = cues.spelled(tokenize(self.sections[indices[place]].heading))
            begins = self.text(indices[place : place + 1]).revisions[:1]
            if cues.occurs(heading, cues.REVISION) >= 0 or (begins and begins[0] <= _BEGINNING):
                return indices[place:]
        return indices

    def doubts(self, ranges: Sequence[tuple[int, int]]) -> list[Doubt]:
        """The doubts about words of the text in these ranges of offsets."""
        return [d for d in self.document.doubts if any(d.start < end and start < d.end for start, end in ranges)]


def replies_of(conversation: Conversation, problems: Sequence[Problem]) -> Iterator[tuple[Turn, Context, CutText]]:
    """The replies of a conversation, what each is about, and each cut into sections.

    What stands before a reply's first heading is about the context's problem; what it quotes of the person's words is
    none of it.

    Args:
        conversation: whose replies are cut.
        problems: of the course.
    """
    about = iter(contexts(conversation, problems))
    said: list[str] = []
    for turn in conversation.turns:
        if turn.role != "assistant":
            said.append(turn.text)
            continue
        context = next(about)
        document = document_from_text(turn.text, conversation.file, "markdown")
        masked = without_echoes(document.masked, said)
        document = replace(document, masked=masked, places=turn.places, doubts=turn.doubts)
        sections = tuple(sections_of(document.masked, problems, (context.problem, context.label)))
        before = turn.span.line - 1 if turn.places is None else 0
        yield turn, context, CutText(document, sections, turn.span.start, before, turn.confidence)


def cut_text(document: Document, problems: Sequence[Problem], inside: tuple[str, Label] = ("", ())) -> CutText:
    """A document, cut into sections.

    Args:
        document: the text.
        problems: of the course.
        inside: problem and label to which the text belongs before its first heading.
    """
    return CutText(document, tuple(sections_of(document.masked, problems, inside)))


_BEGINNING = 5
"""Tokens at the beginning of a section: “(d) On second thought, …”."""

_LAST_PIPE = re.compile(r"(?<=[ \t])\|(?=[ \t\r]*(?:\n|$))")
"""The right border of a table's row."""

_CLOSES = re.compile(r"[ \t$*_]{0,4}\}")
_BRACE = re.compile(r"\\.|[{}]")


def whole(raw: str, start: int, end: int) -> tuple[int, int]:
    """A stretch of text with the braces that it opens and the dollars around its formulas.

    “\\textbf{$5” goes on to “$}”, and “K = A$ for $k” begins and ends with its dollar, so that both read by themselves
    as they do in the text.

    Args:
        raw: the text.
        start, end: offsets of the stretch.

    Returns:
        Offsets of the stretch, at most some characters longer.
    """
    opened = 0
    for found in _BRACE.finditer(raw, start, end):
        opened += {"{": 1, "}": -1}.get(found.group(), 0)
    while opened > 0 and (closing := _CLOSES.match(raw, end)):
        end, opened = closing.end(), opened - 1
    while opened < 0 and raw[end - 1 : end] == "}":  # of a command around the formula: “\\textcolor{blue}{$W$}”
        end, opened = start + len(raw[start : end - 1].rstrip(" $")), opened + 1
    if raw[start - 1 : start] == "$" == raw[end : end + 1] and "$" in raw[start:end] and "$$" not in raw[start:end]:
        return start - 1, end + 1
    return start, end


def joined(pieces: Iterable[Sequence[Token]]) -> list[Token]:
    """Tokens of several sections, with a paragraph break between."""
    together: list[Token] = []
    for tokens in pieces:
        if together and tokens:
            at = together[-1].end
            together.append(Token(Kind.NEWLINE, "\n\n", at, at))
        together.extend(tokens)
    return together


def surroundings(raw: str, start: int, end: int) -> tuple[int, int]:
    """The lines in which an answer stands, cut where they are long."""
    left = raw.rfind("\n", 0, start) + 1
    right = raw.find("\n", end)
    right = len(raw) if right < 0 else right
    spare = max(0, (MAX_CONTEXT - (end - start)) // 2)
    return max(left, start - spare), min(right, end + spare)
