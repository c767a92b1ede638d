"""What finding answers in prose has in common: what glues tokens into a formula, and what names a value."""

from __future__ import annotations

from collections.abc import Sequence

from grader.maths.reading.tokens import CLOSING, Kind, Token

BRACKETS = frozenset(CLOSING)
"""Opening brackets of every kind."""

BRACES = frozenset({"{", "\\{"})
"""Those of sets."""

_GLUE_BEFORE = frozenset("+ - – * / ^ < > ≤ ≥ ≠ ± ∈ ∉ ⊂ ∪ ∩ √ % ! ∖ …".split())
_GLUE_AFTER = frozenset("+ - – * / ^ < > ≤ ≥ ≠ ± ∈ ∉ ⊂ ∪ ∩ √ = % ! ∖".split())
_TIGHT = frozenset("| … ⌈ ⌊ ⌉ ⌋ ∛ ∜ ' ’ @ ~ ‰ \u0304 \u0305 \u0307".split())
_OPERATORS_IN_WORDS = frozenset("minus negative plus times over squared cubed root".split())
_FRAMES = tuple(f"\\begin{{{name}" for name in "cases align gather equation center split enum item".split())
_AFTER_NUMBERS = frozenset("percent squared cubed times minus plus thousand million billion dozen hundred".split())
_PER = frozenset({"cent", "mille", "mil", "hundred", "thousand"})
_ROOTS = frozenset("root sqrt square log logarithm inverse reciprocal cube half".split())
_PROSE = (Kind.NEWLINE, Kind.PUNCT, Kind.SEP, Kind.CELL, Kind.BULLET, Kind.WORD)
_NUMBER_SIGNS = frozenset({"-", "\\frac", "√", "\\sqrt"})
_LOOK_BACK = 80
"""Tokens of a chain of equalities that are looked at; bounded, to keep finding linear."""


def glued_before(tokens: Sequence[Token], at: int) -> bool:
    """Whether what stands before a token makes it part of a larger formula.

    Args:
        tokens: of the text.
        at: index of the first token of a candidate.
    """
    if at == 0:
        return False
    token = tokens[at - 1]
    if token.text in _TIGHT and not tokens[at].space:
        return True
    if token.kind is Kind.OP:
        ratio = token.text == ":" and not token.space and not tokens[at].space  # 3:8
        return token.text in _GLUE_BEFORE or (ratio and at > 1 and tokens[at - 2].kind is Kind.NUM)
    if token.kind is Kind.SEP and token.text == ",":  # the tail of a list or number without spaces
        tight = not token.space and not tokens[at].space and tokens[at].kind is Kind.NUM
        return tight and at > 1 and tokens[at - 2].kind is Kind.NUM
    if token.kind is Kind.WORD:
        tight = not tokens[at].space
        called = tight and tokens[at].kind in (Kind.OPEN, Kind.NUM) and token.text != "boxed"  # float64(0.5)
        return called or token.text.lower() in _OPERATORS_IN_WORDS or _root_of(tokens, at - 1)
    if token.kind in (Kind.FUNC, Kind.COMMAND):
        return token.text != "\\boxed" and not token.text.startswith(("\\end", *_FRAMES))
    if token.kind is Kind.OPEN:
        return not (at >= 2 and tokens[at - 2].text == "\\boxed")
    return token.kind in (Kind.NAME, Kind.CLOSE, Kind.NUM) and not _is_apart(tokens, at)


def _root_of(tokens: Sequence[Token], at: int) -> bool:
    """“the square root of”, “the logarithm of”: the number after it is not the value."""
    if at == 0 or tokens[at].text != "of":
        return False
    return tokens[at - 1].text.lower() in _ROOTS


def _is_apart(tokens: Sequence[Token], at: int) -> bool:
    """Whether a symbol or bracket before token ``at`` belongs to the prose and not to the formula.

    A symbol does where it is a word in a sentence (``a``, ``I``); a closing bracket, after a space.
    """
    token = tokens[at - 1]
    if not tokens[at].space:
        return False
    if token.kind is Kind.CLOSE:
        return tokens[at].kind is not Kind.OPEN and token.text == ")"
    return token.kind is Kind.NAME and token.text in ("a", "A", "I") and not token.sub


def glued_after(tokens: Sequence[Token], at: int) -> bool:
    """Whether what follows a candidate makes it part of a larger formula.

    Args:
        tokens: of the text.
        at: index past the last token of the candidate.
    """
    if at >= len(tokens):
        return False
    token = tokens[at]
    if token.text in _TIGHT and not token.space:
        return True
    if token.kind is Kind.OP:
        ratio = token.text == ":" and not token.space and at + 1 < len(tokens) and not tokens[at + 1].space
        return token.text in _GLUE_AFTER or (ratio and tokens[at + 1].kind is Kind.NUM)
    if token.kind is Kind.SEP and token.text == "," and not token.space:
        return at + 1 < len(tokens) and tokens[at + 1].kind is Kind.NUM and not tokens[at + 1].space
    if token.kind is Kind.WORD and token.text.lower() in _AFTER_NUMBERS:
        return True
    if token.text == "per" and at + 1 < len(tokens):
        return tokens[at + 1].text.lower() in _PER
    if token.kind is Kind.COMMAND:
        return not token.text.startswith(("\\end", "\\boxed"))
    if token.kind is Kind.FUNC:
        return not token.space
    if token.kind is Kind.NAME:
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        in_formula = following is not None and (
            (following.kind is Kind.OP and following.text in _GLUE_AFTER)
            or following.kind is Kind.CLOSE
            or (following.kind is Kind.NUM and not following.space)
        )
        return not token.space or in_formula
    if token.kind is Kind.OPEN:
        return not token.space or (token.text == "[" and tokens[at - 1].text == "]")
    return token.kind is Kind.NUM


def ends_sentence(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sentence ends at a token: at a full stop or question mark that stands last or before space.

    Args:
        tokens: of the text.
        at: index of a token.
    """
    return tokens[at].kind is Kind.PUNCT and tokens[at].text in ".?!" and is_apart_after(tokens, at)


def is_apart_after(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing, space or a line break follows a token.

    Args:
        tokens: of the text.
        at: index of a token.
    """
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following is None or following.space or following.kind is Kind.NEWLINE


def opens_number(token: Token) -> bool:
    """Whether a number can begin with a token: a literal, a minus sign, a fraction or a root.

    Args:
        token: the first of a candidate. Brackets, functions and named constants open numbers only in some places.
    """
    return token.kind is Kind.NUM or token.text in _NUMBER_SIGNS


def named(tokens: Sequence[Token], at: int) -> Token | None:
    """The symbol to which a chain of equalities gives the value that starts at a token.

    For ``K_0 = D = 0`` and the value ``0``, that is K with subscript 0.

    Args:
        tokens: of the text.
        at: index of the first token of the value.

    Returns:
        Its token; None where the value is not so named.
    """
    if at == 0 or tokens[at - 1].text not in ("=", "≈"):
        return None
    first = at
    for index in range(at - 1, max(-1, at - _LOOK_BACK), -1):
        token = tokens[index]
        product = token.kind is Kind.WORD and token.text.isupper() and len(token.text) <= 4  # CAB
        if (token.kind in _PROSE and not product) or token.text in (":", "⇒", "⇔"):
            if token.kind is Kind.SEP and _inside_brackets(tokens, index, at):
                continue
            break
        first = index
    token = tokens[first]
    follows = tokens[first + 1].text if first + 1 < len(tokens) else ""
    if token.kind is Kind.NAME and follows in ("=", "≈"):
        return token
    return None


def _inside_brackets(tokens: Sequence[Token], index: int, at: int) -> bool:
    """Whether a comma at ``index`` stands inside brackets that close before ``at``."""
    depth = 0
    for token in tokens[index + 1 : at]:
        depth += (token.kind is Kind.CLOSE) - (token.kind is Kind.OPEN)
    return depth > 0


def strip_answer(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a bare answer without line breaks around it, its full stop and its box.

    Args:
        tokens: of the whole answer.
    """
    out = list(tokens)
    blank = (Kind.NEWLINE, Kind.BULLET, Kind.CELL)
    while out and out[0].kind in blank:
        out.pop(0)
    while out and (out[-1].kind in blank or (out[-1].kind in (Kind.PUNCT, Kind.SEP) and out[-1].text in ".,;")):
        out.pop()
    if len(out) >= 3 and out[0].text == "\\boxed" and out[1].text == "{" and out[-1].text == "}":
        return strip_answer(out[2:-1])
    return out


def without_name(tokens: Sequence[Token]) -> list[Token]:
    """The value in ``K = …``, ``K_2 = C A B = …`` or ``x = 1/3 ≈ 0.33``.

    Args:
        tokens: of a bare answer.

    Returns:
        What stands after the last equals sign, up to its decimals; all tokens where they are no chain of equalities.
    """
    depth, cut, end = 0, 0, len(tokens)
    for index, token in enumerate(tokens):
        depth += (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE)
        if depth == 0 and (token.kind in (Kind.PUNCT, Kind.NEWLINE) or token.text == ":"):
            break  # a sentence, not a chain of equalities
        if depth == 0 and token.kind is Kind.SEP:
            break
        if depth == 0 and _begins_other_statement(tokens, index):
            return list(tokens)
        if depth == 0 and token.text == "=":
            cut, end = index + 1, len(tokens)
        elif depth == 0 and token.text == "≈":
            if index == cut or (index == cut + 1 and tokens[cut].kind is Kind.NAME):
                cut = index + 1
            else:
                end = min(end, index)
    return list(tokens[cut:end])


def _begins_other_statement(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word, or a symbol that is named anew, ends a chain of equalities: “n = 12 for k = 3”, “n=12 k=3”."""
    token = tokens[index]
    if token.kind is Kind.WORD:
        return index > 0 and not token.text.isupper()
    before = tokens[index - 1] if index else None
    named = index + 1 < len(tokens) and tokens[index + 1].text == "="
    return token.kind is Kind.NAME and named and before is not None and before.kind in (Kind.NUM, Kind.CLOSE)


def inside_brackets(tokens: Sequence[Token], kinds: frozenset[str] = BRACKETS) -> list[bool]:
    """For each token whether it stands inside a pair of brackets; boxes do not count.

    Args:
        tokens: of the text.
        kinds: opening brackets that count.

    Returns:
        One entry more than there are tokens, so that the index past the last may be asked for.
    """
    closing = {CLOSING[kind] for kind in kinds}
    inside = [False] * (len(tokens) + 1)
    open_at: list[int] = []
    for index, token in enumerate(tokens):
        if token.text in kinds:
            open_at.append(index)
        elif token.text in closing and open_at:
            first = open_at.pop()
            if not (first and tokens[first - 1].text == "\\boxed") and not open_at:
                inside[first + 1 : index] = [True] * (index - first - 1)
        elif token.text == "\n\n":
            open_at.clear()  # a bracket left open does not reach past its paragraph
    return inside
