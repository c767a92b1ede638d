"""What is said of options one by one: “b and d hold, the others fail”, “True: A, C; false: B”, “only C is wrong”."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from grader.answers._choices.catalogue import Catalogue
from grader.answers._choices.lists import SPOKEN, Statement, gives_reason
from grader.answers._choices.naming import AFFIRMING, COUNTS, DENYING, subject
from grader.maths.reading.tokens import Kind, Token, text_at

_TAKES = frozenset("keep choose chose pick picked select selected tick mark check accept take".split())
_LEAVES = frozenset("drop dropped reject rejected exclude omit discard eliminate".split())
_SAYS = (
    dict.fromkeys(AFFIRMING, True)
    | dict.fromkeys(DENYING, False)
    | dict.fromkeys(_TAKES, True)
    | dict.fromkeys(_LEAVES, False)
)
_NEGATORS = frozenset("not never neither cannot don't doesn't didn't isn't aren't won't can't wouldn't".split())
_AUXILIARIES = frozenset("is are was were do does did be being don't doesn't didn't isn't aren't".split())
_ALL = frozenset({"all", "everything", "each", "every", "any"})
_REST = frozenset("rest other others remaining remainder".split())
_EXCEPT = frozenset({"except", "excepting", "apart", "save", "besides"})
_NOUNS = frozenset(
    "option options statement statements answer answers claim claims choice choices one ones item items".split()
)
_FILLERS = (
    _NOUNS
    | SPOKEN
    | frozenset(
        "the a of and both too also them they it its these those final that which nor above given here there clearly "
        "always indeed in fact from".split()
    )
    | frozenset(": , - – — ( ) [ ] { } * & / = + | \\{ \\} . ⇒".split())
)
_MARKS = (Kind.SEP, Kind.PUNCT, Kind.NEWLINE, Kind.BULLET, Kind.CELL, Kind.NUM)
_AGAINST = frozenset("but while whereas though although however yet so hence thus therefore then".split())
"""A clause ends before these, where it has come to its end."""
_SUPPOSES = frozenset(
    "if iff unless when whenever provided suppose assuming maybe perhaps possibly probably might could or".split()
)


@dataclass(slots=True)
class Said:
    """What is said of options.

    Args:
        of: whether each option is affirmed.
        rest: whether those are that are not named; None if that is not said.
        first, last: tokens of it.
    """

    of: dict[str, bool]
    rest: bool | None
    first: int
    last: int

    def joined(self, other: Said) -> Said | None:
        """This and what the next sentence says; None where the one contradicts the other, or says it again.

        Args:
            other: of the next sentence.
        """
        if self.of.keys() & other.of.keys() or (self.rest is not None and other.rest is not None):
            return None
        rest = self.rest if other.rest is None else other.rest
        return Said(self.of | other.of, rest, self.first, other.last)

    def statement(self, options: Catalogue) -> Statement | None:
        """The options that are affirmed; None where only some are denied, so that the others are left open.

        Args:
            options: of the question.
        """
        of = dict(self.of)
        if self.rest is not None:
            of = dict.fromkeys((key for key in options.keys if key not in of), self.rest) | of
        affirmed = frozenset(key for key, yes in of.items() if yes)
        return Statement(affirmed, self.first, self.last, True) if affirmed or len(of) == len(options.keys) else None


def said(tokens: Sequence[Token], first: int, last: int, options: Catalogue) -> Said | None:
    """What a stretch of text says of options with predicates, such as “true” and “fails”.

    Args:
        tokens: of the text.
        first: index of its first token.
        last: index past its last token.
        options: of the question.

    Returns:
        None where a word is not known, where something is supposed or asked, or where no option has a predicate.
    """
    return None if last < len(tokens) and tokens[last].text == "?" else _Reader(tokens, first, last, options).read()


class _OpenError(Exception):
    """What is said cannot be told."""


@dataclass(slots=True)
class _Reader:
    tokens: Sequence[Token]
    first: int
    last: int
    options: Catalogue
    of: dict[str, bool] = field(default_factory=dict)
    rest: bool | None = None
    waiting: list[str] = field(default_factory=list)  # subjects without a predicate so far
    waits_rest: bool = False  # “the others” is among them
    lead: bool | None = None  # a predicate whose subjects follow: “True: A, C”
    led: bool = True  # one has followed
    negated: bool = False
    neither: bool = False
    bare: list[str] = field(default_factory=list)  # a list before the first predicate
    joined: bool = False  # “is” or “does” stands after the subjects
    only: bool = False
    excepting: bool = False
    swept: bool | None = None  # the predicate of “all” or “none”
    sweeps: bool = False
    excepted: list[str] = field(default_factory=list)

    def read(self) -> Said | None:
        """What is said; see :func:`said`."""
        try:
            at = self.first
            if (told := self._in_order()) is not None:
                return told
            while at < self.last:
                at = self._step(at)
            if self._is_bare() and self.of and not any(self.of.values()):  # “not A; so B and C”
                self._assign(self.waiting, True)
                self.waiting = []
            self._end()
            self._assign(self.bare, True)
        except _OpenError:
            return None
        if not self.led or (not self.of and self.rest is None):
            return None
        return Said(self.of, self.rest, self.first, self.last)

    def _in_order(self) -> Said | None:
        """A predicate for each option in the order of the question, perhaps below their letters: “T, F, F, T”."""
        keys = self.options.keys
        said: list[bool] = []
        letters: list[str] = []
        for at in range(self.first, self.last):
            token, word = self.tokens[at], self.tokens[at].text.lower()
            if token.kind is Kind.NAME and token.text in keys:
                letters.append(token.text)
            elif word in AFFIRMING | DENYING:
                said.append(word in AFFIRMING)
            elif (word.rstrip(".)").isdecimal() and word.rstrip(".)") != str(len(said) + 1)) or (
                token.kind not in _MARKS and token.text not in ("|", "-", "–", "(", ")")
            ):
                return None
            if letters and said and len(letters) != len(keys):
                return None
        if len(said) != len(keys) or (letters and tuple(letters) != keys):
            return None
        return Said(dict(zip(keys, said, strict=True)), None, self.first, self.last)

    def _step(self, at: int) -> int:
        token, word = self.tokens[at], self.tokens[at].text.lower().replace("’", "'")
        if token.kind is Kind.NEWLINE or at == self.first:
            header = self._header(at + (token.kind is Kind.NEWLINE))
            if token.kind is Kind.NEWLINE:
                self._end()
            if header or token.kind is Kind.NEWLINE:
                return header or at + 1
        keys, after = subject(self.tokens, at, self.last, self.options)
        if keys:
            self._subjects(keys)
            return after
        if (word in _SUPPOSES and not (word == "or" and self.negated)) or token.text == "?":
            raise _OpenError
        if token.kind is Kind.BULLET:
            return at + 1
        if word in (".", ";", "!", ",") or word in _AGAINST:
            if word == ";" and self._is_bare():
                self.bare += self.waiting  # “b and d; the others fail”
                self.waiting = []
            elif (self.sweeps or self.swept is not None) and word == "but" and self._names_next(at + 1):
                self.excepting = True  # “all but C”
            elif self.joined or (word != "," and (self.negated or not self.waiting)):
                self.neither |= self.negated  # “not A, B, but C” denies both
                self._end()
        elif (
            (word == "no" and text_at(self.tokens, at + 1).lower() in _NOUNS)
            or word == "none"
            or (word == "neither" and text_at(self.tokens, at + 1).lower() == "of")
        ):
            self._sweep()
            self.negated = True
        elif word in _NEGATORS:
            if text_at(self.tokens, at + 1).lower() in ("both", "only", "just", "all", "every", "each", "sure"):
                raise _OpenError
            if self.waiting and word not in _AUXILIARIES and not self.joined and self._names_next(at + 1):
                if not self.negated:
                    raise _OpenError  # “A, not B”: a list
                self.neither = True  # “not A, not B”
                return at + 1
            self.negated, self.neither = not self.negated, word == "neither"
            self.joined |= word in _AUXILIARIES and bool(self.waiting)
        elif word in _SAYS and not self._is_reply(at, word):
            self._predicate(_SAYS[word])
        elif word in _ALL:
            if not self.waiting:  # “A and B all hold”
                self._sweep()
        elif word in _REST:
            self.bare += self.waiting  # “A and B, the others fail”
            self.waiting, self.waits_rest = [], True
        elif word in _EXCEPT:
            self.excepting = True
        elif word in _AUXILIARIES:
            self.joined |= bool(self.waiting or self.waits_rest)
        elif word == "only":
            if text_at(self.tokens, at + 1).lower() in _SAYS and self.joined:
                raise _OpenError  # “A is only true for …”
            self.only = True
        elif word in COUNTS:
            if self.sweeps and COUNTS[word] != len(self.options.keys):
                raise _OpenError
        elif word not in _FILLERS and not self._is_joint(at, word):
            if not self._is_free():
                raise _OpenError
            self.lead = None
            return self._after_remark(at)
        return at + 1

    def _header(self, at: int) -> int:
        """Index past a line of a table that names no option, such as its header; 0 if there is none."""
        end = next((i for i in range(at, self.last) if self.tokens[i].kind is Kind.NEWLINE), self.last)
        line = range(at, end)
        cells = any(self.tokens[i].text == "|" or self.tokens[i].kind is Kind.CELL for i in line)
        named = any(subject(self.tokens, i, end, self.options)[0] for i in line)
        return end if cells and not named else 0

    def _subjects(self, keys: Sequence[str]) -> None:
        if self.joined:
            raise _OpenError  # “it is A”
        if self.excepting:
            self.excepted += keys
        elif self.lead is not None and not self.waiting:
            self._assign(keys, self.lead)
            self.led = True
        elif self.sweeps:  # “none of A and B”, “all three, A, B and C”
            self.waiting, self.sweeps = list(keys), False
        else:
            self.waiting += keys

    def _is_bare(self) -> bool:
        """Whether options wait for which nothing but their names has been said."""
        return bool(self.waiting) and not (self.negated or self.joined or self.sweeps or self.only or self.excepting)

    def _sweep(self) -> None:
        if self.waiting:
            raise _OpenError
        self.waiting += self.options.keys
        self.sweeps = True

    def _predicate(self, yes: bool) -> None:
        yes = yes != self.negated
        self.negated = self.joined = False
        if not (self.waiting or self.waits_rest):
            if not self.led:
                raise _OpenError
            self.lead, self.led = yes, False
            if self.only:
                self.rest, self.only = not yes, False  # “the only false one is C”
            return
        if self.sweeps:
            self.swept = yes
        if self.only:
            if self.sweeps or self.waits_rest:
                raise _OpenError
            self._assign(self.waiting, yes)
            self._assign([key for key in self.options.keys if key not in self.waiting], not yes)
        else:
            if self.waits_rest:
                if self.rest is not None:
                    raise _OpenError
                self.rest = yes
            if not self.sweeps:
                self._assign(self.waiting, yes)
        self.waiting, self.waits_rest, self.sweeps, self.only, self.lead = [], False, False, False, None

    def _assign(self, keys: Sequence[str], yes: bool) -> None:
        for key in keys:
            if self.of.setdefault(key, yes) is not yes:
                raise _OpenError

    def _end(self) -> None:
        """A clause ends: “A is not”, “the others do” have their predicates in front of it."""
        if self.waiting or self.waits_rest:
            if self.sweeps and self.excepted and not self.joined:
                self._predicate(True)  # “all but A”
                self._end()
                return
            several = self.negated and not (self.joined or self.neither) and len(self.waiting) > 1
            if self.sweeps or several or not (self.joined or self.negated):
                raise _OpenError  # “not A and B”
            self._predicate(True)
        if self.swept is not None:
            self._assign([key for key in self.options.keys if key not in self.excepted], self.swept)
            self._assign(self.excepted, not self.swept)
        elif self.excepted or self.excepting:
            raise _OpenError
        self.negated = self.neither = self.joined = self.only = self.excepting = False
        self.swept, self.excepted = None, []

    def _names_next(self, at: int) -> bool:
        """Whether an option is named at a token, or after an article there."""
        at += text_at(self.tokens, at).lower() in ("the", "for", "option", "statement", "(")
        return at < self.last and bool(subject(self.tokens, at, self.last, self.options)[0])

    def _is_reply(self, at: int, word: str) -> bool:
        """Whether “yes” or “no” replies to the question, and is not said of an option: “Yes, A and B.”"""
        return word in ("yes", "no") and not (self.waiting or self.waits_rest or text_at(self.tokens, at + 1) == ":")

    def _is_joint(self, at: int, word: str) -> bool:
        """Whether a word joins what stands beside it: “as well as”, “yes, A”, “true for A”."""
        if word == "as":
            return not gives_reason(self.tokens, at)
        return word in ("well", "yes", "no") or (word == "for" and not self.led)

    def _is_free(self) -> bool:
        """Whether a clause has come to its end, so that a reason or a remark may begin."""
        open_ended = self.waiting or self.waits_rest or self.negated or not self.led
        return not open_ended and bool(self.of or self.rest is not None or self.swept is not None)

    def _after_remark(self, at: int) -> int:
        """Where the next clause begins after a reason or a remark, which must not speak of another option."""
        for index in range(at + 1, self.last):
            token = self.tokens[index]
            if token.kind in (Kind.NEWLINE, Kind.PUNCT) or token.text == ";":
                return index
            keys, _ = subject(self.tokens, index, self.last, self.options)
            if keys and not (token.kind is Kind.NAME and token.text not in self.options.keys):  # “for every A”
                if self.tokens[index - 1].text.lower() in {",", "and", "(", *_AGAINST}:
                    return index
                raise _OpenError
        return self.last
