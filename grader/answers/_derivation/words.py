"""The words of derivations: what each tells of the statement beside it, and which words are symbols."""

from __future__ import annotations

from grader.maths.reading import calls
from grader.maths.reading.scope import Scope
from grader.maths.reading.tokens import Token

CONDITIONAL = frozenset(
    "if for when whenever suppose supposing assume assuming provided unless case where at with as".split()
)
"""Words before a relation that says where something holds."""

HYPOTHETICAL = frozenset(
    "if suppose supposing assume assuming provided unless whenever were would otherwise example instance".split()
)
"""Words that make what follows in their sentence hold under a condition only."""

GOALS = frozenset("show prove want wanted goal claim claimed asked aim verify recall remember need".split())
"""Words that announce what is to be shown, or repeat what is given."""

DEFINING = frozenset("let define denote put call write".split())
"""Words that give a letter a meaning, perhaps another one than it has."""

GENERAL = frozenset(
    "using use uses recall rule rules identity identities property properties formula fact general generally cyclic "
    "cyclicity known holds lemma theorem example instance matrices any all".split()
)
"""Words before an identity that is about matrices of any kind, also where it uses declared letters."""

DENIALS = frozenset("not never instead wrong incorrect mistake cannot neither nor unlike rather without isn't".split())
"""Words that may take back what stands beside them."""

ANSWERS = frozenset("gradient derivative result answer solution minimiser minimizer optimum".split())
"""Words that say that an expression alone is the result."""

RESULTS = frozenset("is are be as by gives give get obtain obtains yields yield becomes namely result answer".split())
"""Words after which an expression alone may be the result."""

TO_ZERO = (
    ("to", "zero"), ("to", "0"), ("equal", "to", "zero"), ("equal", "to", "0"), ("is", "zero"), ("is", "0"),
    ("be", "zero"), ("equals", "zero"), ("must", "be", "zero"), ("must", "vanish"), ("has", "to", "vanish"),
    ("vanishes",), ("equal", "zero"), ("has", "to", "be", "zero"),
)  # fmt: skip
"""Ways to say in words that the expression before them is zero."""


def is_prose(token: Token, scope: Scope) -> bool:
    """Whether a word is one of a sentence, and no symbol or function.

    Args:
        token: of the kind ``WORD``.
        scope: what is declared.
    """
    word = token.text
    if word in scope.known or token.symbol in scope.known or word in calls.FUNCTION_WORDS or word in scope.functions:
        return False
    if word.lower() in calls.NO_PRODUCTS:
        return True
    if word[1:] != word[1:].lower():  # QRb is a product
        return False
    return scope.split(word) is None and len(word) > 2
