"""Tokens of torn formulas as TeX."""

from __future__ import annotations

from grader.intake.repair.torn.tokens import FUNCTIONS, Kind, Token

_TEX = {
    "−": "-",
    "⋅": r"\cdot",
    "·": r"\cdot",
    "×": r"\times",
    "∗": "*",
    "±": r"\pm",
    "∘": r"\circ",
    "⊗": r"\otimes",
    "⊙": r"\odot",
    "≤": r"\le",
    "≥": r"\ge",
    "≠": r"\ne",
    "≈": r"\approx",
    "∈": r"\in",
    "∉": r"\notin",
    "⟹": r"\implies",
    "⇒": r"\Rightarrow",
    "→": r"\to",
    "∥": r"\|",
    "‖": r"\|",
    "∑": r"\sum",
    "∏": r"\prod",
    "∫": r"\int",
    "⊤": r"\top",
    "′": "'",
    "∣": "|",
    "…": r"\ldots",
    "⋯": r"\cdots",
    "⋱": r"\ddots",
    "⋮": r"\vdots",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "#": r"\#",
    "&": r"\&",
    "$": r"\$",
    "_": r"\_",
    "\\": r"\backslash",
}
ACCENTS = {
    "^": r"\hat",
    "ˆ": r"\hat",
    "~": r"\tilde",
    "˜": r"\tilde",
    "¯": r"\bar",
    "ˉ": r"\bar",
    "˙": r"\dot",
    "¨": r"\ddot",
    "ˇ": r"\check",
}
_NAMED = frozenset(
    "arg arccos arcsin arctan cos cosh cot det dim exp gcd inf ker lim ln log max min sin sinh sup tan tanh".split()
)


def spelled(token: Token) -> str:
    """The token as TeX."""
    if token.kind is Kind.WORD:
        if token.text in _NAMED:
            return "\\" + token.text
        if token.text in FUNCTIONS:
            return rf"\operatorname{{{token.text}}}"
        return rf"\text{{{token.text}}}"
    return _TEX.get(token.text, token.text)


def raised(tex: str) -> str:
    """TeX of an exponent; primes have their own."""
    return tex if not tex.strip("' ") else f"^{{{tex}}}"


def joined(parts: tuple[str, ...] | list[str]) -> str:
    """Atoms of a line side by side: a space where the formula needs one to be read or to look well."""
    text = ""
    for part in parts:
        if not part:
            continue
        tight = not text or text[-1] in "([|" or part[0] in ")],|;:^_'" or text.endswith((r"\{", r"\|"))
        tight = tight or part.startswith((r"\}", r"\|")) or (part[0] in "([" and _called(text))
        text += part if tight else " " + part
    return text


def _called(text: str) -> bool:
    """Whether a bracket after ``text`` follows a name or letter: O(, diag(."""
    return text[-1].isalnum() or text[-1] == "}"
