"""Options of multiple-choice questions in running text: by letter, by text, and in ticked boxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from grader.answers import _find
from grader.maths.reading.lexer import tokenize
from grader.maths.reading.tokens import Kind, Token, text_at

GROWTH = frozenset({"O", "Θ", "Ω", "o", "ω"})
TICKS = frozenset({"x", "X", "✓", "✔", "☑", "☒", "■"})
"""What ticks a box."""
_LETTER_CUES = frozenset(
    "option choice answer letter select choose pick picked chose is either with it's its not but say so maybe "
    "perhaps hence thus therefore leaves definitely probably be also".split()
)
_LETTER_ENDS = frozenset({"|", ",", ";", "—", "–", "-", "(", "is", "because", "since", "as", "or", "."})
_STOP_WORDS = frozenset(
    "the a an of and or to in as is are be with for on by it its that this viewed which all none".split()
)
_ABOVE = (("the", "above"), ("these",), ("them",), ("those",), ("the", "others"), ("the", "options"))
_OPENINGS = ("it ", "they ", "the ", "a ", "an ", "this ", "we ")
"""Words with which options begin that answers may leave out."""
_NUMBER_CUES = frozenset({"option", "choice", "answer", "alternative", "statement"})


def lettered(options: object) -> Any:
    """Options as letter → text; a plain list is lettered A, B, C …

    Args:
        options: as in a spec.

    Returns:
        A mapping; anything that is neither list nor mapping as it is, for the model to refuse.
    """
    if isinstance(options, list | tuple):
        return {chr(ord("A") + index): text for index, text in enumerate(options)}
    return {str(key): value for key, value in options.items()} if isinstance(options, Mapping) else options


_CIRCLED = {code: chr(ord("A") + (code - 0x24B6) % 26) for code in range(0x24B6, 0x24EA)}
"""Letters in circles, as plain ones."""


def bare(text: str) -> list[Token]:
    """The tokens of a bare answer: letters in circles are plain, and square brackets around one are left out.

    Args:
        text: the answer as written.
    """
    tokens = _find.strip_answer(tokenize(text if text.isascii() else text.translate(_CIRCLED)))
    boxed = len(tokens) == 3 and tokens[0].text == "[" and tokens[2].text == "]" and tokens[1].text not in TICKS
    return [tokens[1]] if boxed else tokens


@dataclass(frozen=True, slots=True)
class Mention:
    """An option where it is mentioned: tokens ``first`` up to, not including, ``last``."""

    key: str
    first: int
    last: int
    by_letter: bool


class Catalogue:
    """The options of one question, ready to be recognised.

    Args:
        options: pairs of key and text, in the order of the question.
    """

    def __init__(self, options: tuple[tuple[str, str], ...]) -> None:
        self.keys = tuple(key for key, _ in options)
        self.texts: dict[tuple[str, ...], str] = {}
        for key, text in options:
            for form in _forms(canonical(tokenize(text))):
                self.texts.setdefault(form, key)
        self.longest = max((len(tokenize(text)) for _, text in options), default=0) + 8
        self.classes: dict[tuple[str, ...], str] = {}  # d^2 for O(d^2)
        for key, text in options:
            tokens = _kept(tokenize(text))
            if len(tokens) > 3 and tokens[0].text in GROWTH and tokens[1].text == "(" and tokens[-1].text == ")":
                self.classes.setdefault(class_form(tokens[2:-1]), key)
        short = [(key, canonical(tokenize(text))[1:]) for key, text in options if text.lower().startswith(_OPENINGS)]
        self.short = {form: key for key, form in short if form and all(form != f for k, f in short if k != key)}
        self.starts = {form[0] for form in self.texts if form}
        words = [(key, _content_words(text)) for key, text in options]
        self.words = {
            word: key for key, mine in words for word in mine if all(word not in w for k, w in words if k != key)
        }

    def letter(self, token: Token) -> str:
        """The key that a token is, in either case; "" if none."""
        if token.kind not in (Kind.NAME, Kind.WORD, Kind.NUM) or token.sub:
            return ""
        if token.text in self.keys:
            return token.text
        folded = [key for key in self.keys if key.lower() == token.text.lower()]
        return folded[0] if len(folded) == 1 else ""

    def text_at(self, tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
        """The longest option text that stands by itself at a token: its key and the index past it.

        Args:
            tokens: of the text.
            at: where to begin.
        """
        if at >= len(tokens) or first_form(tokens, at) not in self.starts or _find.glued_before(tokens, at):
            return None
        for end in range(min(len(tokens), at + self.longest), at, -1):
            if tokens[end - 1].kind in (Kind.NEWLINE, Kind.PUNCT, Kind.SEP):
                continue
            key = self.texts.get(canonical(tokens[at:end]))
            if key is not None and not _find.glued_after(tokens, end):
                return key, end
        return None

    def word(self, token: Token) -> str:
        """The key of the only option whose text has this word; "" if none."""
        return self.words.get(_plain_word(token), "")


@lru_cache(maxsize=256)
def catalogue(options: tuple[tuple[str, str], ...]) -> Catalogue:
    """The catalogue of options given as pairs of key and text.

    Args:
        options: in the order of the question; hashable, so that the catalogue is made once.
    """
    return Catalogue(options)


def canonical(tokens: Sequence[Token]) -> tuple[str, ...]:
    """One spelling of a piece of text: groups without braces, products without signs, words in lower case.

    A growth class such as ``O(n d^2)`` is spelled with its factors in order, so ``O(d²·n)`` is the same.

    Args:
        tokens: of the text; punctuation at its end does not count.
    """
    kept = _kept(tokens)
    if len(kept) > 3 and kept[0].text in GROWTH and kept[1].text == "(" and kept[-1].text == ")":
        terms = _terms(kept[2:-1])
        if terms is not None:
            return (kept[0].text, *terms)
    hyphens = all(t.kind in (Kind.WORD, Kind.SEP) or t.text == "-" for t in kept)
    left_out = {"*", "-"} if hyphens else {"*"}
    return tuple(first_form(kept, at) for at, t in enumerate(kept) if t.text not in left_out)


def _forms(form: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The spelling of an option, and for “none of the above” and “all of the above” what else they are called."""
    yield form
    if form[:2] in (("none", "of"), ("all", "of")) and form[2:] in _ABOVE:
        yield from ((*form[:2], *others) for others in _ABOVE)


def _kept(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without line breaks, braces, and punctuation at the end."""
    kept = [t for t in tokens if t.kind not in (Kind.NEWLINE, Kind.BULLET) and t.text not in ("{", "}")]
    while kept and kept[-1].kind in (Kind.PUNCT, Kind.SEP):
        kept.pop()
    return kept


def class_form(tokens: Sequence[Token]) -> tuple[str, ...]:
    """One spelling of what stands inside of a growth class: its terms in order where it is a sum of monomials.

    Args:
        tokens: between the brackets, or of an answer that leaves the class out.
    """
    kept = _kept(tokens)
    terms = _terms(kept) if kept else None
    return tuple(terms) if terms is not None else canonical(kept)


def first_form(tokens: Sequence[Token], at: int) -> str:
    """What the canonical spelling of a text that begins here begins with.

    Args:
        tokens: of the text.
        at: index of its first token.
    """
    return tokens[at].text.lower() if tokens[at].kind is Kind.WORD else tokens[at].text


def _terms(tokens: Sequence[Token]) -> list[str] | None:
    """Terms of a sum of monomials, each with its factors in order; None if it is anything else."""
    terms: list[str] = []
    factors: dict[str, int] = {}
    index = 0
    while index < len(tokens):
        token = tokens[index]
        power = 1
        if index + 2 < len(tokens) and tokens[index + 1].text == "^" and tokens[index + 2].text.isdecimal():
            power = int(tokens[index + 2].text[:6])
        if token.text == "+" and factors:
            terms.append(_monomial(factors))
            factors = {}
        elif token.kind in (Kind.NAME, Kind.WORD) and not token.sub:
            for letter in token.text[:-1]:
                factors[letter] = factors.get(letter, 0) + 1
            factors[token.text[-1]] = factors.get(token.text[-1], 0) + power
            index += 2 if power != 1 else 0
        elif token.kind is Kind.NUM and token.text == "1" and len(tokens) == 1:
            factors["1"] = 1
        elif token.text != "*":
            return None
        index += 1
    if not factors:
        return None
    return sorted([*terms, _monomial(factors)])


def _monomial(factors: Mapping[str, int]) -> str:
    return " ".join(f"{letter}^{power}" for letter, power in sorted(factors.items()))


def _plain_word(token: Token) -> str:
    """A word in lower case and singular; a symbol as it is."""
    if token.kind in (Kind.NAME, Kind.FUNC):  # “tanh” may be an option
        return token.text
    if token.kind is not Kind.WORD:
        return ""
    word = token.text.lower()
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def _content_words(text: str) -> set[str]:
    """The words of an option that can stand for it: none of two letters but for symbols and acronyms."""
    kept = [(_plain_word(token), token.text) for token in tokenize(text)]
    return {w for w, raw in kept if w and w not in _STOP_WORDS and (len(w) > 2 or not w.isascii() or raw.isupper())}


def letters(tokens: Sequence[Token], options: Catalogue) -> Iterator[Mention]:
    """Options named by letter: ``(B)``, ``option B``, ``B)`` at the start of a line, a letter on its own.

    Args:
        tokens: of the text.
        options: of the question.
    """
    for at, token in enumerate(tokens):
        key = options.letter(token)
        before, after = text_at(tokens, at - 1).lower(), text_at(tokens, at + 1)
        if not key or (token.kind is Kind.NUM and (before not in _NUMBER_CUES or not is_stop(tokens, at + 1))):
            continue
        capital = token.text in options.keys
        after_stop = before in (".", "!", "?", ";") and token.space
        starts = at == 0 or after_stop or tokens[at - 1].kind in (Kind.NEWLINE, Kind.BULLET)
        if after in (",", "and") and at + 2 < len(tokens) and tokens[at + 2].text in options.keys:
            continue  # one of several
        ends = at + 1 >= len(tokens) or tokens[at + 1].kind is Kind.NEWLINE or _is_full_stop(tokens, at + 1)
        if before == "(" and after == ")":
            if not _is_call(tokens, at - 1) and text_at(tokens, at - 2).lower() not in _PLACES:
                yield Mention(key, at - 1, at + 2, by_letter=True)
        elif (starts and after in (")", ":")) or (starts and after == "." and not ends):
            yield Mention(key, at, at + 2, by_letter=True)
        elif before in _LETTER_CUES and (ends or capital or after == ")") and not _in_formula(tokens, at):
            yield Mention(key, at, at + 1 + (after == ")"), by_letter=True)
        elif starts or _after_colon_or_box(tokens, at):
            if ends or after == "}" or (capital and after in _LETTER_ENDS):
                yield Mention(key, at, at + 1, by_letter=True)
        elif capital and (
            (after == "is" and _is_called_right(tokens, at + 2))
            or (before == "or" and options.letter(tokens[at - 2]) and not _in_formula(tokens, at))
        ):
            yield Mention(key, at, at + 1, by_letter=True)


def is_stop(tokens: Sequence[Token], at: int) -> bool:
    """Whether no formula goes on at a token: the text or the clause ends there.

    Args:
        tokens: of the text.
        at: index of the token, or past the last.
    """
    return at >= len(tokens) or tokens[at].kind in (Kind.NEWLINE, Kind.PUNCT, Kind.SEP, Kind.CLOSE, Kind.WORD)


def _is_called_right(tokens: Sequence[Token], at: int) -> bool:
    """Whether “right”, “the answer” or the like stands at a token."""
    at += text_at(tokens, at).lower() == "the"
    return text_at(tokens, at).lower() in ("right", "correct", "answer", "best", "true")


_PLACES = frozenset("part problem question item in to step case from see".split())


def _in_formula(tokens: Sequence[Token], at: int) -> bool:
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is not None and (after.text in ("=", "^", "*", "/", "+") or (after.text == "(" and not after.space))


def _is_full_stop(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].kind is Kind.PUNCT and _find.is_apart_after(tokens, at)


def _is_call(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and not tokens[at].space and tokens[at - 1].kind in (Kind.NAME, Kind.FUNC, Kind.WORD, Kind.NUM)


def _after_colon_or_box(tokens: Sequence[Token], at: int) -> bool:
    if at and tokens[at - 1].text == ":":
        return True
    return at >= 2 and tokens[at - 1].text == "{" and tokens[at - 2].text == "\\boxed"
