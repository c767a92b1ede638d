"""The tables of the lexer: which spellings name which symbol, in ASCII, Unicode and LaTeX."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ",
    "eta": "η", "theta": "θ", "vartheta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ",
    "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "varrho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ",
    "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "lam": "λ", "lmbda": "λ", "eps": "ε",
}  # fmt: skip
"""Names of Greek letters, as LaTeX commands or spelled out, to the letter."""

GREEK_NAME = {letter: name for name, letter in reversed(GREEK.items())}
"""A Greek letter to its LaTeX name (``σ`` → ``sigma``)."""

LETTERS = {
    "⊤": "⊤",
    "†": "†",
    "∂": "∂",
    "∇": "∇",
    "𝟙": "𝟙",
    "ℓ": "ℓ",
    "ϵ": "ε",
    "ϕ": "φ",
    "µ": "μ",
    "ϑ": "θ",
    "ℝ": "ℝ",
    "ℤ": "ℤ",
    "ℕ": "ℕ",
    "ℚ": "ℚ",
    "ℂ": "ℂ",
    "∅": "∅",
    "∞": "∞",
    "ø": "∅",
}
"""Single characters that stand for a symbol of another code point, or that are no plain letter."""

COMMAND_NAMES = {
    **GREEK, "ell": "ℓ", "infty": "∞", "emptyset": "∅", "varnothing": "∅", "R": "ℝ", "hbar": "ħ",
    "top": "⊤", "intercal": "⊤", "transpose": "⊤", "dagger": "†", "partial": "∂", "nabla": "∇", "imath": "i",
    "varDelta": "Δ", "varSigma": "Σ",
}  # fmt: skip
"""LaTeX commands that are a symbol."""

COMMAND_OPERATORS = {
    "le": "≤", "leq": "≤", "leqslant": "≤", "leqq": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥",
    "geqq": "≥", "lt": "<", "gt": ">", "ne": "≠", "neq": "≠", "in": "∈", "notin": "∉",
    "subset": "⊂", "subseteq": "⊂", "cup": "∪", "cap": "∩",
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "pm": "±", "approx": "≈", "simeq": "≈",
    "to": "⇒", "rightarrow": "⇒", "Rightarrow": "⇒", "implies": "⇒", "Longrightarrow": "⇒", "iff": "⇔",
    "Leftrightarrow": "⇔", "mid": "|", "vert": "|", "colon": ":", "wedge": "∧", "land": "∧", "lor": "∨",
    "vee": "∨", "ldots": "…", "dots": "…", "cdots": "…", "dotsc": "…", "equiv": "=", "setminus": "∖",
    "therefore": "⇒", "circ": "∘", "odot": "∘", "otimes": "⊗", "prime": "′", "degree": "°", "mp": "±",
    "Vert": "‖", "lVert": "‖", "rVert": "‖", "lvert": "|", "rvert": "|", "parallel": "‖", "nsubseteq": "⊄",
    "leftarrow": "←", "gets": "←", "longleftarrow": "←",
}  # fmt: skip
"""LaTeX commands that are an operator or a relation."""

OPERATORS = {
    "<=>": "⇔", "==>": "⇒", "...": "…", "&lt;=": "≤", "&gt;=": "≥",
    "<=": "≤", "=<": "≤", ">=": "≥", "!=": "≠", "=>": "⇒", "->": "⇒", ":=": "=", "==": "=", "~=": "≈",
    "&lt;": "<", "&gt;": ">", "&le;": "≤", "&ge;": "≥",
    "+": "+", "-": "-", "−": "-", "﹣": "-", "‐": "-", "‑": "-", "–": "–", "—": "—", "/": "/", "∕": "/",
    "⁄": "/", "÷": "/", "×": "*", "·": "*", "⋅": "*", "∙": "*", "∗": "*", "✕": "*", "⨯": "*", "^": "^", "=": "=",
    "≡": "=", "<": "<", ">": ">", "≤": "≤", "≦": "≤", "⩽": "≤", "≥": "≥", "≧": "≥", "⩾": "≥", "≠": "≠",
    "&&": "∧",
    "∉": "∉", "⊂": "⊂", "⊆": "⊂",
    "∈": "∈", "∪": "∪", "∩": "∩", "≈": "≈", "≃": "≈", "→": "⇒", "⇒": "⇒", "⟹": "⇒", "∴": "⇒", "⇔": "⇔",
    "←": "←", "⟵": "←",
    "∧": "∧", "∨": "∨", "|": "|", "…": "…", "⋯": "…", "%": "%", "!": "!", "±": "±", "√": "√", ":": ":",
    "&": "&", "∖": "∖", "∘": "∘", "⊙": "∘", "⊗": "⊗", "°": "°", "˚": "°", "‖": "‖", "∥": "‖", "′": "′", "″": "″",
}  # fmt: skip
"""ASCII and Unicode operators and relations, to the one spelling that the parsers know."""

DOTS = frozenset("·⋅∙")
"""Operators that may be an inner product."""

FUNCTIONS = frozenset("sqrt log ln lg exp sin cos tan sinh cosh tanh arcsin arccos arctan max min abs".split())
"""Words, and LaTeX commands, that name a function wherever they stand."""

FUNCTION_COMMANDS = FUNCTIONS | frozenset("sec csc cot coth det gcd arg Pr".split())
"""LaTeX commands that name a function; as words of a sentence, some of them mean something else."""

NUMBER_SETS = {"R": "ℝ", "Z": "ℤ", "N": "ℕ", "Q": "ℚ", "C": "ℂ"}
"""Letters of the sets of numbers, as they stand in ``\\mathbb``."""

BIG_COMMANDS = {"sum": "\\sum", "prod": "\\prod", "∑": "\\sum", "∏": "\\prod"}
"""Sums and products over an index."""

SKIPPED_COMMANDS = frozenset(
    "left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr displaystyle textstyle limits "
    "quad qquad hline toprule midrule bottomrule noindent centering hfill newline medskip smallskip bigskip "
    "maketitle par small large Large normalsize bfseries itshape nonumber notag enspace thinspace "
    "middle phantomsection mathstrut displaylimits scriptstyle nolimits".split()
)
"""LaTeX commands without a meaning here."""

SIZE_COMMANDS = frozenset("left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr".split())
"""Those of them that say how large the bracket after them is."""

TRANSPARENT_COMMANDS = frozenset(
    "text textbf textit textrm texttt textsf emph underline mathrm mathbf mathit mathsf mathcal mathscr "
    "operatorname mbox hbox boldsymbol bm ensuremath mathbb uline textup textnormal mathtt vec overrightarrow pmb "
    "mathop mathrel mathbin".split()
)
"""LaTeX commands whose argument counts as if it stood alone."""

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀᵗᵏʲᵐᵖˡˣʸᴸᴺᴹᴷᴴᵈᵃᵇᶜʳˢᵘᵛʷ"
"""Raised characters, and what each stands for."""

LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
"""Lowered characters."""

# For ``str.translate``: raised and lowered characters to plain ones. A raised T is no variable.
SUPERSCRIPTS = str.maketrans(RAISED, "0123456789+-=()ni⊤tkjmplxyLNMKHdabcrsuvw")
SUBSCRIPTS = str.maketrans(LOWERED, "0123456789+-=()aehijklmnoprstuvx")

MARKS_ABOVE = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304",
    "overline": "\u0304", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c",
}  # fmt: skip
"""LaTeX commands that set a mark above a letter, and the combining character of each."""

VULGAR_FRACTIONS = {
    "½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4),
    "¾": Fraction(3, 4), "⅕": Fraction(1, 5), "⅖": Fraction(2, 5), "⅗": Fraction(3, 5),
    "⅘": Fraction(4, 5), "⅙": Fraction(1, 6), "⅚": Fraction(5, 6), "⅐": Fraction(1, 7),
    "⅛": Fraction(1, 8), "⅜": Fraction(3, 8), "⅝": Fraction(5, 8), "⅞": Fraction(7, 8),
    "⅑": Fraction(1, 9), "⅒": Fraction(1, 10),
}  # fmt: skip

_STYLED = re.compile("[\U0001d400-\U0001d7ff\uff01-\uff5e]")


def plain_letters(text: str) -> str:
    """Mathematical alphabets and full-width forms as plain characters, one for one.

    Args:
        text: anything.
    """
    return text if text.isascii() else _STYLED.sub(_plain_letter, text)


def _plain_letter(found: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", found.group())
    return plain if len(plain) == 1 else found.group()
