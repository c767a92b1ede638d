"""What a glyph of a mathematical font is: the character behind the code, and the alphabet of the font.

The extension font of TeX (cmex) has no names that Unicode knows, so its codes come as they are; most other fonts come
as Unicode. Sources: D. E. Knuth, The TeXbook, appendix F (codes of cmex10); Adobe Glyph List 2.0 (U+F8E5 to U+F8FE are
pieces of brackets and roots); Unicode 15, blocks Miscellaneous Technical (U+239B to U+23AE) and Mathematical
Alphanumeric Symbols; KaTeX 0.16, ``src/symbols.js``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from grader.intake.pdf.drawn import DRAWN

_EXTENSION: dict[int, str] = {
    **dict(zip(range(0x00, 0x10), "()[]⌊⌋⌈⌉{}⟨⟩|‖/\\", strict=True)),
    **dict(zip(range(0x10, 0x20), "()()[]⌊⌋⌈⌉{}⟨⟩/\\", strict=True)),
    **dict(zip(range(0x20, 0x30), "()[]⌊⌋⌈⌉{}⟨⟩/\\/\\", strict=True)),
    **dict(zip(range(0x30, 0x40), "⎛⎞⎡⎤⎣⎦⎢⎥⎧⎫⎩⎭⎨⎬⎪|", strict=True)),
    **dict(zip(range(0x40, 0x50), "⎝⎠⎜⎟⟨⟩⨆⨆∮∮⨀⨀⨁⨁⨂⨂", strict=True)),
    **dict(zip(range(0x50, 0x60), "∑∏∫⋃⋂⨄⋀⋁∑∏∫⋃⋂⨄⋀⋁", strict=True)),
    **dict(zip(range(0x60, 0x70), "∐∐ˆˆˆ˜˜˜[]⌊⌋⌈⌉{}", strict=True)),
    **dict(zip(range(0x70, 0x80), "√√√√⎷⏐┌‖↑↓⏞⏝⏟⏜⇑⇓", strict=True)),
}
_SYMBOLS: dict[int, str] = {
    **dict(zip(range(0x00, 0x20), "−·×∗÷⋄±∓⊕⊖⊗⊘⊙○∘•≍≡⊆⊇≤≥⪯⪰∼≈⊂⊃≪≫≺≻", strict=True)),
    **dict(zip(range(0x20, 0x41), "←→↑↓↔↗↘≃⇐⇒⇑⇓⇔↖↙∝′∞∈∋△▽\u0338⊦∀∃¬∅ℜℑ⊤⊥ℵ", strict=True)),
    **dict(zip(range(0x5B, 0x7B), "∪∩⊎∧∨⊢⊣⌊⌋⌈⌉{}⟨⟩|‖↕⇕\\≀√⨿∇∫⊔⊓⊑⊒§†‡", strict=True)),
}
_LETTERS: dict[int, str] = {
    **dict(zip(range(0x00, 0x28), "ΓΔΘΛΞΠΣΥΦΨΩαβγδϵζηθικλμνξπρστυϕχψωεϑϖϱςφ", strict=True)),
    **dict(zip(range(0x3A, 0x41), ".,</>⋆∂", strict=True)),
    0x60: "ℓ", 0x7B: "ı", 0x7C: "ȷ", 0x7D: "℘", 0x7E: "\u20d7",
}  # fmt: skip
_CODED = {"cmsy": (_SYMBOLS, frozenset(" |{}/\\")), "cmmi": (_LETTERS, frozenset(" <>"))}
"""Codes of fonts whose signs some programs leave without names, and the characters that also come by name."""

_ADOBE: dict[int, str] = dict(zip(range(0xF8E5, 0xF8FF), "⎯⏐⎯®©™⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪⎮⎞⎟⎠⎤⎥⎦⎫⎬⎭", strict=True))

NOT = "\N{COMBINING LONG SOLIDUS OVERLAY}"
"""A stroke through the sign that stands at the same place."""

_SAME: dict[str, str] = {
    "\ue020": NOT,  # KaTeX and MathJax
    "\u0338": NOT,
    "\u2215": "/", "\u2044": "/", "ϵ": "ϵ", "\u2061": "", "\u2062": "", "\u2063": "", "\u00ad": "-", "\u02dc": "˜",
    "\u2223": "|", "\u2225": "‖", "\u2016": "‖", "\u2308": "⌈", "\u2329": "⟨", "\u232a": "⟩", "\u3008": "⟨",
    "\u3009": "⟩", "\u00b5": "μ", "\u2126": "Ω", "\u2206": "Δ", "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl",
    "\ufb03": "ffi", "\ufb04": "ffl", "\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u22c6": "⋆", "\u2205": "∅",
}  # fmt: skip

_ALPHABETS = (
    ("DOUBLE-STRUCK", "mathbb"), ("BOLD SCRIPT", "mathcal"), ("SCRIPT", "mathcal"), ("BOLD FRAKTUR", "mathfrak"),
    ("FRAKTUR", "mathfrak"), ("SANS-SERIF BOLD", "mathbf"), ("SANS-SERIF", "mathsf"), ("MONOSPACE", "mathtt"),
    ("BOLD", "mathbf"), ("ITALIC", ""),
)  # fmt: skip
_LETTERLIKE = {
    "ℎ": ("h", ""), "ℝ": ("R", "mathbb"), "ℂ": ("C", "mathbb"), "ℕ": ("N", "mathbb"), "ℚ": ("Q", "mathbb"),
    "ℤ": ("Z", "mathbb"), "ℙ": ("P", "mathbb"), "ℒ": ("L", "mathcal"), "ℋ": ("H", "mathcal"), "ℱ": ("F", "mathcal"),
    "ℰ": ("E", "mathcal"), "ℬ": ("B", "mathcal"), "ℳ": ("M", "mathcal"), "ℛ": ("R", "mathcal"),
}  # fmt: skip

_NAMED_MATH = re.compile(
    r"(?i)^(?:CM(?:MI|MIB|SY|BSY|EX)\d|MSAM|MSBM|EU[FS][MB]|RSFS|LMMath|LatinModernMath|KaTeX_|MathJax_|MJX|(?:NewTX|New|tx|px|r?tx)"
    r"(?:MI|sy|ex|mi|bmi)|STIX.{0,12}Math|XITSMath|NewCM.{0,6}Math|Asana|TeXGyre.{0,10}Math|LibertinusMath|FiraMath|"
    r"CambriaMath|Cambria-Math|MTMI|MTSY|MTEX|MT2|Euclid(?:Symbol|Extra|Math))"
)
_UNICODE_MATH = re.compile(r"(?i)^(?:LatinModernMath|STIX|XITS|NewCM|Asana|TeXGyre|Libertinus|Fira|Cambria)")


@dataclass(frozen=True, slots=True)
class Face:
    """What the name of a font says of it.

    Args:
        math: all of it is mathematics, as in CMMI10 or KaTeX_Math.
        mixed: a Unicode font for formulas, whose signs also stand in for those that a font of words lacks.
        extension: the codes are those of cmex.
        coding: ``cmsy`` or ``cmmi``: where a sign has no name, its code is one of that font.
        knuth: a font of TeX for words, whose capital Greek letters stand in formulas only.
        alphabet: the TeX command for its letters, "" for the usual ones.
        upright, bold, italic, mono: its style.
    """

    math: bool = False
    mixed: bool = False
    extension: bool = False
    coding: str = ""
    knuth: bool = False
    alphabet: str = ""
    upright: bool = True
    bold: bool = False
    italic: bool = False
    mono: bool = False


@lru_cache(maxsize=512)
def face_of(font: str) -> Face:
    """What the name of a font says of it."""
    mixed = _UNICODE_MATH.match(font) is not None and "math" in font.lower()
    math = _NAMED_MATH.match(font) is not None or font == DRAWN
    low = font.lower()
    extension = re.match(r"(?i)(?:CMEX|LMMathExtension|[rt]?txex|pxex|MTEX|NewTXEX)", font) is not None
    knuth = re.match(r"(?:cm(?:r|bx|ti|sl|ss|csc)|lmroman|sf(?:rm|bx|ti|sl|ss|cc))", low) is not None
    bold = (
        re.search(r"bold|black|heavy|semibold|demi|^cmbx|^cmssbx|^sfbx|^lmroman.{0,3}bold|medi$|-bd$", low) is not None
    )
    italic = re.search(r"ital(?!y)|oblique|^cmti|^cmsl|^sfti|^sfsl|^cmmi|-it$|lmmathitalic|mjxtex-i", low) is not None
    mono = re.search(r"mono|courier|consol|menlo|cmtt|^sftt|typewriter|code|lmmono", low) is not None
    alphabet = ""
    if math:
        for sign, name in (
            (r"caligraphic|calligraphic|^mjxtex-c|rsfs|eusm", "mathcal"),
            (r"ams|msbm", "mathbb"),
            (r"fraktur|eufm", "mathfrak"),
            (r"script", "mathscr"),
            (r"typewriter", "mathtt"),
            (r"sansserif", "mathsf"),
            (r"bold|cmmib", "mathbf"),
        ):
            if re.search(sign, low):
                alphabet = name
                break
        if not alphabet and re.match(r"cmb?sy|lmmathsymbols", low):
            alphabet = "mathcal"
    coding = "cmsy" if re.match(r"cmb?sy\d", low) else "cmmi" if re.match(r"cmmib?\d", low) else ""
    return Face(math and not mixed, mixed, extension, coding, knuth, alphabet, not italic, bold, italic, mono)


@lru_cache(maxsize=8192)
def character(text: str, extension: bool, coding: str = "") -> tuple[str, str]:
    """The character that a glyph shows and the alphabet of its letter.

    Args:
        text: as the file gives it.
        extension: its font is coded as cmex.
        coding: see :class:`Face`.

    Returns:
        the character, "" for one that shows nothing, and a command as ``mathbb``, "" for the usual letters.
    """
    code = ord(text[0]) if text else 0
    if extension and code in _EXTENSION:
        return _EXTENSION[code], ""
    if coding:
        table, named = _CODED[coding]
        if code in table and text not in named:
            return table[code], ""
    if code in _ADOBE:
        return _ADOBE[code], ""
    if text in _SAME:
        return _SAME[text], ""
    if text in _LETTERLIKE:
        return _LETTERLIKE[text]
    if 0x1D400 <= code < 0x1D800:
        name = unicodedata.name(text, "")
        for sign, alphabet in _ALPHABETS:
            if sign in name:
                return unicodedata.normalize("NFKC", text), alphabet
    if code == 2:
        return "-", ""  # PDFium marks a hyphen at the end of a line
    if code < 32 or code == 0x7F:
        return "\N{REPLACEMENT CHARACTER}", ""
    return text, ""


COMMANDS: dict[str, str] = {
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon", "ϵ": r"\epsilon",
    "ζ": r"\zeta", "η": r"\eta", "θ": r"\theta", "ϑ": r"\vartheta", "ι": r"\iota", "κ": r"\kappa", "λ": r"\lambda",
    "μ": r"\mu", "ν": r"\nu", "ξ": r"\xi", "π": r"\pi", "ϖ": r"\varpi", "ρ": r"\rho", "ϱ": r"\varrho",
    "σ": r"\sigma", "ς": r"\varsigma", "τ": r"\tau", "υ": r"\upsilon", "φ": r"\varphi", "ϕ": r"\phi", "χ": r"\chi",
    "ψ": r"\psi", "ω": r"\omega", "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda", "Ξ": r"\Xi",
    "Π": r"\Pi", "Σ": r"\Sigma", "Υ": r"\Upsilon", "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega",
    "ℓ": r"\ell", "∂": r"\partial", "∇": r"\nabla", "∞": r"\infty", "∅": r"\emptyset", "ℏ": r"\hbar", "ı": r"\imath",
    "ȷ": r"\jmath", "ℜ": r"\Re", "ℑ": r"\Im", "℘": r"\wp", "ℵ": r"\aleph", "⊤": r"\top", "⊥": r"\perp",
    "†": r"\dagger", "‡": r"\ddagger", "∀": r"\forall", "∃": r"\exists", "∄": r"\nexists", "¬": r"\neg",
    "⋯": r"\cdots", "…": r"\ldots", "⋮": r"\vdots", "⋱": r"\ddots", "′": r"\prime", "∠": r"\angle", "△": r"\triangle",
    "□": r"\square", "■": r"\blacksquare", "°": r"^{\circ}", "‖": r"\|", "{": r"\{", "}": r"\}", "%": r"\%",
    "#": r"\#", "&": r"\&", "$": r"\$", "_": r"\_", "\\": r"\backslash", "⌊": r"\lfloor", "⌋": r"\rfloor",
    "⌈": r"\lceil", "⌉": r"\rceil", "⟨": r"\langle", "⟩": r"\rangle", "∣": "|", "~": r"\sim", "^": r"\wedge",
    "∑": r"\sum", "∏": r"\prod", "∐": r"\coprod", "∫": r"\int", "∬": r"\iint", "∭": r"\iiint", "∮": r"\oint",
    "⋃": r"\bigcup", "⋂": r"\bigcap", "⨄": r"\biguplus", "⨆": r"\bigsqcup", "⋀": r"\bigwedge", "⋁": r"\bigvee",
    "◦": r"\circ", "⨀": r"\bigodot", "⨁": r"\bigoplus", "⨂": r"\bigotimes", "↑": r"\uparrow", "↓": r"\downarrow",
}  # fmt: skip
"""TeX for characters that are operands, brackets or big operators."""

OPERATORS: dict[str, str] = {
    "+": "+", "−": "-", "-": "-", "±": r"\pm", "∓": r"\mp", "×": r"\times", "÷": r"\div", "·": r"\cdot",
    "⋅": r"\cdot", "∙": r"\cdot", "∗": "*", "⋆": r"\star", "∘": r"\circ", "∪": r"\cup", "∩": r"\cap", "∧": r"\wedge",
    "∨": r"\vee", "⊕": r"\oplus", "⊖": r"\ominus", "⊗": r"\otimes", "⊙": r"\odot", "∖": r"\setminus", "⊘": r"\oslash",
    "⊔": r"\sqcup", "⊓": r"\sqcap", "≀": r"\wr", "⋄": r"\diamond", "•": r"\bullet",
}  # fmt: skip
"""TeX for operators between two operands."""

RELATIONS: dict[str, str] = {
    "=": "=", "<": "<", ">": ">", "≤": r"\le", "≥": r"\ge", "⩽": r"\leqslant", "⩾": r"\geqslant", "≦": r"\leqq",
    "≧": r"\geqq", "≠": r"\ne", "≈": r"\approx", "≃": r"\simeq", "≅": r"\cong", "∼": r"\sim", "≡": r"\equiv",
    "∝": r"\propto", "≪": r"\ll", "≫": r"\gg", "≺": r"\prec", "≻": r"\succ", "⪯": r"\preceq", "⪰": r"\succeq",
    "≼": r"\preceq", "≽": r"\succeq", "∈": r"\in", "∉": r"\notin", "∋": r"\ni", "⊂": r"\subset", "⊃": r"\supset",
    "⊆": r"\subseteq", "⊇": r"\supseteq", "⊊": r"\subsetneq", "→": r"\to", "←": r"\leftarrow", "⟶": r"\longrightarrow",
    "⟵": r"\longleftarrow", "↔": r"\leftrightarrow", "⇒": r"\Rightarrow", "⇐": r"\Leftarrow",
    "⇔": r"\Leftrightarrow", "⟹": r"\implies", "⟸": r"\impliedby", "⟺": r"\iff", "↦": r"\mapsto", "⟼": r"\longmapsto",
    "⊢": r"\vdash", "⊨": r"\models", "≐": r"\doteq", "≜": r"\triangleq", "≔": ":=", "⊑": r"\sqsubseteq",
    "↪": r"\hookrightarrow", "↛": r"\nrightarrow", "≮": r"\nless", "≯": r"\ngtr", "≰": r"\nleq", "≱": r"\ngeq",
    "⊄": r"\not\subset", "⊈": r"\nsubseteq", "∌": r"\not\ni", "≉": r"\not\approx", "≢": r"\not\equiv",
    "∤": r"\nmid", "∦": r"\nparallel", "≁": r"\nsim", "⟂": r"\perp", "∥": r"\|", "⇝": r"\leadsto", "∴": r"\therefore",
}  # fmt: skip
"""TeX for relations and arrows."""

NEGATED: dict[str, str] = {
    "=": "≠", "∈": "∉", "≤": "≰", "≥": "≱", "<": "≮", ">": "≯", "⊂": "⊄", "⊆": "⊈", "≈": "≉", "≡": "≢",
    "|": "∤", "‖": "∦", "∼": "≁", "∃": "∄", "→": "↛",
}  # fmt: skip
"""A sign to the sign with a stroke through it."""

BIG = frozenset("∑∏∐∫∬∭∮⋃⋂⨄⨆⋀⋁⨀⨁⨂")
"""Operators with limits."""

OPENING = {"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉", "⟨": "⟩"}
"""Brackets to those that close them."""

CLOSING = {close: opening for opening, close in OPENING.items()}
"""Closing brackets to those that open them."""

ACCENTS: dict[str, str] = {
    "ˆ": "hat", "^": "hat", "\u0302": "hat", "˜": "tilde", "~": "tilde", "\u0303": "tilde", "¯": "bar", "ˉ": "bar",
    "\u0304": "bar", "\u0305": "bar", "\u20d7": "vec", "˙": "dot", "\u0307": "dot", "¨": "ddot",
    "\u0308": "ddot", "ˇ": "check", "\u030c": "check", "˘": "breve", "\u0306": "breve", "´": "acute", "`": "grave",
    "\u0301": "acute", "\u0300": "grave", "˚": "mathring", "→": "vec", "⟶": "vec",
}  # fmt: skip
"""A mark above a letter to its command."""

COMBINING = {
    "hat": "\u0302", "tilde": "\u0303", "bar": "\u0304", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c",
    "breve": "\u0306", "acute": "\u0301", "grave": "\u0300", "mathring": "\u030a",
}  # fmt: skip
"""The same as a mark on a letter of a word."""

PIECES: dict[str, tuple[str, str]] = {
    "⎛": ("(", "top"), "⎜": ("(", "middle"), "⎝": ("(", "bottom"), "⎞": (")", "top"), "⎟": (")", "middle"),
    "⎠": (")", "bottom"), "⎡": ("[", "top"), "⎢": ("[", "middle"), "⎣": ("[", "bottom"), "⎤": ("]", "top"),
    "⎥": ("]", "middle"), "⎦": ("]", "bottom"), "⎧": ("{", "top"), "⎨": ("{", "middle"), "⎩": ("{", "bottom"),
    "⎫": ("}", "top"), "⎬": ("}", "middle"), "⎭": ("}", "bottom"), "⎪": ("{", "middle"), "⎷": ("√", "bottom"),
    "⏐": ("√", "middle"), "┌": ("√", "top"),
}  # fmt: skip
"""A piece of a tall sign to the sign and where in it the piece stands."""

FUNCTIONS = frozenset(
    "log ln lg exp sin cos tan cot sec csc sinh cosh tanh arcsin arccos arctan max min sup inf det lim limsup liminf "
    "arg deg dim ker gcd Pr hom".split()
)
"""Names that TeX has commands for."""

WITH_LIMITS = frozenset("max min sup inf lim limsup liminf argmax argmin det gcd Pr".split())
"""Names of functions under which a limit may stand."""
