"""A sequence of numbers: listed, indexed (``K_0 = 0, K_1 = 1.5``), as a table, or named cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from operator import itemgetter
from typing import Any, ClassVar

from grader.answers import _find
from grader.answers._expressions import sequence_formulas as _sequence_formulas
from grader.answers._expressions.agreement import agree
from grader.answers._expressions.sequence_formulas import SequenceOptions
from grader.answers._expressions.terms import show_terms
from grader.answers._expressions.terms_compare import TermsKey
from grader.answers._numbers.commas import Joined, join_commas
from grader.answers._numbers.numeric import Value, key_value, plain, plain_names, show
from grader.answers._sequences import brackets as _lists
from grader.answers._sequences import prose as _prose
from grader.answers._sequences import tables as _tables
from grader.answers._sequences.columns import numbers_apart
from grader.answers._sequences.entries import Entries, compare_entries, covers, same_entries
from grader.answers._sequences.indexed import Indexed, indexed_statements
from grader.answers._slips import MOST, of_tree, other_numbers
from grader.answers.base import AnswerType, Comparison, Example, Instance, Match, Options, Slipped
from grader.diagnostics import AnswerError, SpecError, author_error, student_error
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.parser import unreadable
from grader.maths.reading.tokens import Kind, Token
from grader.maths.rendering.render import join, words
from grader.maths.slips import spread
from grader.maths.tree import Listing
from grader.records import Rendered, Status

_FAR = 30
"""Tokens before a list among which its first entry is looked for; bounded, to keep finding linear."""


class SequenceType(AnswerType[SequenceOptions, Any]):
    """See the module."""

    name: ClassVar[str] = "sequence"
    summary: ClassVar[str] = "numbers in order: a list, indexed statements, or the cells of a table"
    options_model: ClassVar[type[Options]] = SequenceOptions
    examples: ClassVar[tuple[Example, ...]] = (
        Example("[0, 1, 0.7, 0.51]", [0, 1, "7/10", "51/100"], Status.CORRECT, "exact", why="a list"),
        Example(r"K = \left(0, 1, \tfrac{7}{10}, 0.51\right)", [0, 1, 0.7, 0.51], Status.CORRECT, why="LaTeX"),
        Example("0, 1, 0.7, 0.51", [0, 1, "0.7", "0.51"], Status.CORRECT, "exact", why="no brackets"),
        Example("K_0 = 0, K_1 = 1, K_2 = 0.7 and K_3 = CA²B = 0.51", [0, 1, "0.7", "0.51"], Status.CORRECT,
                why="indexed statements, with a chain of equalities"),
        Example("np.array([0, 1, 0.7, 0.51])", [0, 1, "0.7", "0.51"], Status.CORRECT, "exact", why="numpy"),
        Example(r"\begin{bmatrix} 0 & 1 & 0.7 & 0.51 \end{bmatrix}^\top", [0, 1, "0.7", "0.51"], Status.CORRECT,
                why="a LaTeX row"),
        Example("[1, 0.7, 0.51, 0.373]", [0, 1, "0.7", "0.51"], Status.INCORRECT, "shifted",
                why="a shift is named, and no entry earns marks by chance"),
        Example("[0, 1, 0.7, 0.5]", [0, 1, "0.7", "0.51"], Status.PARTIAL, "entries", why="three of four entries"),
        Example("[0, 1, 0.7, 0.5]", [0, 1, "0.7", "0.51"], Status.INCORRECT, "entries",
                {"credit": "all"}, "all or nothing"),
        Example("[0, 1, 0.7]", [0, 1, "0.7", "0.51"], Status.INCORRECT, "too_short", why="the length is part of it"),
        Example("K_0 = 0, K_1 = 1, K_2 = 0.7", [0, 1, "0.7", "0.51"], Status.PARTIAL, "entries",
                why="statements with an index say which entries they are"),
        Example("[δ, 1.5]", [0, "1.5"], Status.CORRECT, "exact", {"values": {"δ": 0}}, "a name whose value is given"),
        Example("| | recon | reg |\n|---|---|---|\n| α | 0 | 2 |\n| β | 0.001 | 1 |", [0, 2, "0.001", 1],
                Status.CORRECT, "exact", {"names": ["α recon", "α reg", "β recon", "β reg"]}, "a table with labels"),
        Example("| | α | β |\n|---|---|---|\n| recon | 0 | 0.001 |\n| reg | 2 | 1 |", [0, 2, "0.001", 1],
                Status.CORRECT, "exact", {"names": ["α recon", "α reg", "β recon", "β reg"]}, "the same, transposed"),
        Example("K = [D, CB, CAB]", [0, 1, "0.7"], Status.UNREADABLE, why="symbols without a value"),
    )  # fmt: skip

    def key(self, value: object, options: SequenceOptions) -> Any:
        """See :meth:`AnswerType.key`."""
        if options.index and isinstance(value, str):
            return _sequence_formulas.key(value, options)
        if isinstance(value, str):
            try:
                typed = self.read(value, options)
            except AnswerError as error:
                raise SpecError(
                    author_error("solver-nonsense", f"the truth: cannot read {value[:80]!r} as a sequence")
                ) from error
            _hold_to_names(len(typed.values), options)
            return typed
        entries = _plain_list(value)
        _hold_to_names(len(entries), options)
        names = plain_names(options)
        return Entries(
            tuple(key_value(v, f"entry {i + options.start} of the truth", names) for i, v in enumerate(entries))
        )

    def read(self, text: str, options: SequenceOptions) -> Any:
        """See :meth:`AnswerType.read`."""
        if options.index:
            return _sequence_formulas.read(text, options)
        whole = tokenize(text)
        everything = _find.strip_answer(_joined(whole).tokens)
        tokens = _find.strip_answer(_find.without_name(everything))
        names = plain_names(options)
        grid = bool(options.names)
        another: tuple[Value, ...] | None = None  # a list of another length
        for bare in (tokens, everything) if len(tokens) < len(everything) else (tokens,):
            listed = _bare_list(bare, names, grid=grid)
            if listed is not None and len(listed) == (len(options.names) or len(listed)):
                return Entries(listed)
            another = another or listed
        matches = list(self.find(whole, options))
        if matches:
            best = max(matches, key=lambda m: sum(v is not None for v in m.value.values))
            if best.symbol or best.stated or options.names:
                return best.value
        if another is not None:
            return Entries(another)
        if any(token.text == "…" for token in tokens):
            raise AnswerError(
                student_error(
                    "answer-unreadable", "the list ends in “…”; expected every entry", fix="write all entries"
                )
            )
        if (single := _lists.number(tokens, 0, names)) is not None and single[1] == len(tokens):
            fix = "write all entries, with commas between"
            raise AnswerError(student_error("answer-unreadable", "found one number; expected a list", fix=fix))
        at = next((i for i, t in enumerate(tokens) if _does_not_fit(t, names)), len(tokens))
        raise unreadable(tokens, at, "expected a list of numbers", "a list of numbers such as [0, 1.5, 1.2]")

    def find(self, tokens: Sequence[Token], options: SequenceOptions) -> Iterator[Match[Any]]:
        """See :meth:`AnswerType.find`."""
        if options.index:
            yield from _sequence_formulas.find(tokens, options)
            return
        joined = _joined(tokens)
        for match in self._find(joined.tokens, options):
            yield replace(match, first=joined.first[match.first], last=joined.last[match.last - 1])

    def _find(self, tokens: Sequence[Token], options: SequenceOptions) -> Iterator[Match[Entries]]:
        names = plain_names(options)
        found: list[Match[Entries]] = []
        if options.names:
            found += [
                Match(t.first, t.last, Entries(t.values), stated=t.labelled)
                for t in _tables.find_tables(tokens, options.names, names)
            ]
            told = (_prose.find_in_prose(tokens, options.names, names), _prose.find_rows(tokens, options.names, names))
            found += [Match(t.first, t.last, Entries(t.values), stated=True) for t in told if t]
        else:
            found += [
                Match(t.first, t.last, Entries(t.values), stated=True)
                for t in _tables.find_indexed(tokens, options.start, names)
            ]
        listed = _listed(tokens, names, options)
        if options.names:  # a list of another length is another list
            listed = [match for match in listed if len(match.value.values) == len(options.names)]
        found += listed
        found += [match for match in _indexed(tokens, names, options) if not _repeats(match, listed, options)]
        yield from sorted(found, key=lambda m: (m.last, m.first))

    def compare(self, answer: Any, truth: Any, options: SequenceOptions) -> Comparison:
        """See :meth:`AnswerType.compare`."""
        if options.index:
            return _sequence_formulas.compare(answer, truth, options)
        return compare_entries(answer, truth, options)

    def same(self, one: Any, other: Any, options: SequenceOptions) -> bool | None:
        """See :meth:`AnswerType.same`."""
        if options.index:
            return _sequence_formulas.same(one, other, options)
        return same_entries(one, other, options)

    def slips(self, truth: Any, options: SequenceOptions) -> Iterator[Slipped]:
        """See :meth:`AnswerType.slips`."""
        if options.index:
            for name, terms in spread(list(_sequence_formulas.wrong_terms(truth, options)), itemgetter(0), MOST):
                yield Slipped(name, show_terms(terms).unicode)
            return
        nodes = tuple(value.real.node for value in truth.values if value is not None)
        whole = Listing("[", nodes)
        inexact = any(value is not None and value.inexact for value in truth.values)
        yield from of_tree(whole, other_numbers(whole, options, inexact=inexact))

    def render(self, value: Any, options: SequenceOptions) -> Rendered:
        """See :meth:`AnswerType.render`."""
        if options.index:
            return show_terms(value.terms if isinstance(value, TermsKey) else value)
        return join((words("missing") if v is None else show(v) for v in value.values), "[", "]")

    def plain(self, value: Any, options: SequenceOptions) -> list[Fraction | float] | None:
        """See :meth:`AnswerType.plain`."""
        if options.index or not isinstance(value, Entries):
            return None
        found = [plain(entry) for entry in value.values if entry is not None]
        return found if len(found) == len(value.values) else None

    def arguments(self, truth: Any, options: SequenceOptions) -> frozenset[str] | None:
        """See :meth:`AnswerType.arguments`."""
        return _sequence_formulas.arguments(truth, options) if options.index else None

    def instances(self, truth: Any, options: SequenceOptions, turn: int = 0) -> Iterator[Instance]:
        """See :meth:`AnswerType.instances`."""
        if options.index:
            yield from _sequence_formulas.instances(truth, options, turn)

    def agrees(self, value: object, instance: Instance, options: SequenceOptions) -> bool:
        """See :meth:`AnswerType.agrees`."""
        return agree(value, instance.expected)


def _hold_to_names(entries: int, options: SequenceOptions) -> None:
    """Raise an error where a truth has another number of entries than the spec names."""
    if options.names and entries != len(options.names):
        says = f"the truth has {entries} entries, the spec names {len(options.names)}"
        raise SpecError(author_error("solver-nonsense", says))


def _joined(tokens: Sequence[Token]) -> Joined:
    """Tokens with decimal commas joined on the lines where semicolons stand between the entries."""
    if not any(token.text == ";" for token in tokens):
        return Joined(tokens, range(len(tokens)), range(1, len(tokens) + 1))
    semicolons: list[bool] = []
    line: list[Token] = []
    for token in [*tokens, None]:
        if token is not None:
            line.append(token)
        if token is None or token.kind is Kind.NEWLINE:
            semicolons += [any(t.text == ";" for t in line)] * len(line)
            line = []
    return join_commas(tokens, where=lambda at: semicolons[at])


def _plain_list(value: object) -> list[Any]:
    if hasattr(value, "tolist"):  # numpy arrays and SymPy matrices
        value = value.tolist()
    if isinstance(value, list | tuple | range) and len(value) <= _lists.MAX_ENTRIES:
        return [e[0] if isinstance(e, list | tuple) and len(e) == 1 else e for e in value]
    shown = type(value).__name__
    raise SpecError(author_error("solver-nonsense", f"expected a list of numbers, found {shown}"))


def _does_not_fit(token: Token, names: dict[str, Fraction]) -> bool:
    return token.kind not in (Kind.NUM, Kind.OPEN, Kind.CLOSE, Kind.SEP, Kind.OP) and token.text not in names


def _bare_list(tokens: Sequence[Token], names: dict[str, Fraction], *, grid: bool = False) -> tuple[Value, ...] | None:
    """The numbers of tokens that are one list, or, where cells are asked, one grid, and nothing else."""
    if not tokens:
        return None
    listed = _lists.bracketed(tokens, 0, names) or _lists.unbracketed(tokens, 0, names, least=2)
    if listed is None and grid:
        listed = _lists.nested(tokens, 0, names)
    return listed.values if listed is not None and listed.last == len(tokens) else numbers_apart(tokens, names)


def _lead(tokens: Sequence[Token], at: int, names: dict[str, Fraction], options: SequenceOptions) -> Value | None:
    """The first entry, where the sentence gives it before the others: “from h_0 = 0 we get 1, 3, 7”."""
    first = next((i + 1 for i in range(at - 1, max(-1, at - _FAR), -1) if _find.ends_sentence(tokens, i)), 0)
    told = list(indexed_statements(tokens[max(first, at - _FAR) : at], names))
    return told[0].value if len(told) == 1 and told[0].index == options.start else None


def _listed(tokens: Sequence[Token], names: dict[str, Fraction], options: SequenceOptions) -> list[Match[Entries]]:
    """Lists in brackets or after an equals sign, colon or the start of a line, that are no part of a formula."""
    found: list[Match[Entries]] = []
    inside = _find.inside_brackets(tokens, frozenset({"["}))
    grid = bool(options.names)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        listed = None
        if inside[at]:
            at += 1
            continue
        if token.kind in (Kind.OPEN, Kind.COMMAND) or (
            token.kind is Kind.WORD and token.text in ("array", "np", "numpy", "torch")
        ):
            if not _find.glued_before(tokens, at):
                nested = _lists.nested(tokens, at, names) if grid else None
                listed = nested or _lists.bracketed(tokens, at, names)
        elif _may_start_bare(tokens, at, names):
            listed = _lists.unbracketed(tokens, at, names)
        if listed is None or _find.glued_after(tokens, listed.last):
            at += 1
            continue
        name = _find.named(tokens, at)
        entries = Entries(listed.values, lead=_lead(tokens, at, names, options) if name is None else None)
        found.append(Match(listed.first, listed.last, entries, name.text if name else ""))
        at = listed.last
    return found


def _may_start_bare(tokens: Sequence[Token], at: int, names: dict[str, Fraction]) -> bool:
    token = tokens[at]
    if not _find.opens_number(token) and token.text not in names:
        return False
    before = tokens[at - 1] if at else None
    if before is None or before.kind in (Kind.NEWLINE, Kind.BULLET, Kind.WORD, Kind.CELL):
        return True
    return before.text in ("=", ":", "|", "≈", "are", "is", "⇒") or (
        before.text == "{" and tokens[at - 2].text == "\\boxed"
    )


def _indexed(tokens: Sequence[Token], names: dict[str, Fraction], options: SequenceOptions) -> list[Match[Entries]]:
    """Statements about one symbol, gathered; a later statement on the same index replaces the earlier."""
    found: list[Match[Entries]] = []
    gathered: dict[str, dict[int, Indexed]] = {}
    for statement in indexed_statements(tokens, names):
        gathered.setdefault(statement.symbol, {})[statement.index] = statement
    for symbol, by_index in gathered.items():
        readable = {i: s for i, s in by_index.items() if s.value is not None and i >= options.start}
        if len(readable) < 2 or max(readable) - options.start > _lists.MAX_ENTRIES:
            continue
        values = tuple(readable[i].value if i in readable else None for i in range(options.start, max(readable) + 1))
        first, last = min(s.first for s in readable.values()), max(s.last for s in readable.values())
        found.append(Match(first, last, Entries(values, indexed=True), symbol))
    return found


def _repeats(match: Match[Entries], listed: Sequence[Match[Entries]], options: SequenceOptions) -> bool:
    """Whether statements on single entries only repeat some of those of a list of the same name."""
    return any(other.symbol == match.symbol and covers(other.value, match.value, options) for other in listed)


TYPE = SequenceType()
