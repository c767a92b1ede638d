"""The words by which writers mark answers, revisions, checks, denials and gaps."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from grader.maths.reading.tokens import Kind, Token

FINAL = frozenset(
    {
        ("final", "answer"), ("final", "result"), ("answer",), ("answers",), ("ans",), ("my", "answer"),
        ("my", "result"), ("conclusion",),
    }
)  # fmt: skip
"""Announce a final answer."""

REVISION = frozenset(
    {
        ("correction",), ("corrected",), ("wait",), ("scratch", "that"), ("i", "was", "wrong"), ("my", "mistake"),
        ("made", "a", "mistake"), ("made", "an", "error"), ("revised",), ("revision",), ("erratum",), ("edit",),
        ("update",), ("updated",), ("sorry",), ("oops",), ("let", "me", "redo"), ("let", "me", "recompute"),
        ("let", "me", "reconsider"), ("let", "me", "correct"), ("i", "should", "have"), ("not", "quite", "right"),
        ("on", "second", "thought"), ("changed", "my", "mind"), ("actually",), ("amended",), ("hmm",),
        ("ignore", "the", "above"),
    }
)  # fmt: skip
"""Take back what was said before."""

CHECK = frozenset(
    {
        ("check",), ("checking",), ("verify",), ("sanity",), ("for", "example"), ("e", ".", "g"), ("for", "instance"),
        ("incorrect",), ("compared",), ("neighbour",), ("neighbor",),
    }
)  # fmt: skip
"""What follows is said in passing and not as the answer."""

FOIL = frozenset(
    {
        ("one", "might"), ("might", "think"), ("may", "think"), ("would", "think"), ("could", "think"), ("tempted",),
        ("tempting",), ("mistake", "would"), ("common", "mistake"), ("at", "first", "sight"), ("i", "first"),
        ("naive", "guess"),
    }
)  # fmt: skip
"""What follows, up to a “but”, is what somebody might wrongly say."""

HEDGE = frozenset({("could", "be"), ("might", "be"), ("may", "be")})
"""What follows, up to an outcome, is only possible."""

COPULA = frozenset("is are was = ≈ equals prints returns outputs gives yields becomes be ⇒".split())
"""Right before a value: it is said of the subject of its sentence."""

_GOES_ON = frozenset("also maybe perhaps possibly equally not".split())
_TURN = frozenset({"but", ";", "however", "yet", "actually"})

CONDITION = frozenset({"given", "if", "suppose", "recall", "when"})
"""What follows, up to a comma, is granted and not found."""

REASON = frozenset({"because", "since", "where", "after", "whereas"})
"""What follows explains the answer."""

RESULT = frozenset(
    "get gets give gives obtain obtains yield yields so then therefore thus hence becomes equals "
    "follows implies need needs require requires : ⇒".split()
)
"""What follows is an outcome again."""

BESIDE = frozenset("versus vs than unlike avoids avoid avoiding instead besides naive naively".split())
"""Shortly before a value: it is the one that the answer is set against."""

CONCLUSION = frozenset("so hence therefore thus total overall altogether finally ⇒".split())
"""Before a value in its sentence: a conclusion is stated."""

COST_LABELS = frozenset("path depth complexity cost time work span total runtime operations".split())
"""Right before a colon: what follows is a cost as asked."""

COSTS = frozenset("o θ ω".split())
"""With which a cost begins."""

EACH = frozenset("each every per single one".split())
"""In the sentence before a cost, or right behind it: it is that of one step of many."""

WHOLE = frozenset("so hence therefore thus total overall altogether whole entire all together".split())
"""After these a cost is that of all steps again."""

TAKES = frozenset("takes take needs need requires require costs cost uses in only total about".split())
"""Right before a cost behind which it is named: “takes O(nL) operations”."""

CONDITIONAL = frozenset({"for", "when", "if", "at", "whenever"})
"""Right before a condition: a case is looked at."""

DENIAL = frozenset(
    "not isn't never ≠ cannot can't wasn't nor doesn't don't won't wouldn't aren't couldn't didn't".split()
)
"""Right before a value: it is denied."""

DENIAL_IN_TWO_WORDS = frozenset({("rather", "than"), ("instead", "of")})
"""Right before a value: it is denied."""

REFUSAL = frozenset("too wrong incorrect false not isn't impossible excluded bad rejected invalid fails".split())
"""Right after a value, perhaps with a verb between: it is denied."""

TURNING = frozenset(
    "outside complement except excluding exclude excludes without fails fail interior never no neither integer "
    "integers avoid forbidden minus not violates followed remaining rest others none unless version".split()
)
"""In the sentence before a value, or right after it: it may mean something else than what it reads as."""

BOUND = frozenset("least most nearly almost above below than under over".split())
"""Right before a number: it is a bound and not the value."""

NEARLY = frozenset("about approximately roughly around approx circa".split())
"""Right before a number: it is a guess, unless rounded numbers count."""

APPLIED = frozenset(
    "inverse inv pseudoinverse transpose adjoint adjugate conjugate determinant trace rank norm square cube root "
    "logarithm log exponential reciprocal negative opposite gradient derivative integral complement half double".split()
)
"""“The inverse of” what follows, or what stands before is “inverted”: the value is another one."""

APPLIED_AFTER = frozenset("inverse inverted transpose transposed squared cubed negated".split())
"""As :data:`APPLIED`, right after a value."""

OPERANDS = frozenset("the a an this that matrix product sum difference expression formula quantity term whole".split())
"""May stand between “of” and the formula."""

RESET = frozenset("but so then therefore thus hence : ⇒ ; is are answer get gives".split())
"""After these a word that turns is over."""

GIVEN_UP = frozenset(
    tuple(phrase.split())
    for phrase in (
        "did not|didn't|don't know|do not know|no answer|skip|skipped|not attempted|no idea|ran out|blank|could not|"
        "couldn't|n / a|no time|not sure|unsure|todo|not done|will do|"
        "cannot solve|can't solve|cannot answer|can't answer|cannot determine|can't determine|cannot be determined|"
        "cannot be answered|cannot be solved|not enough information|insufficient information|unable to|will not guess|"
        "won't guess|cannot say|can't say|not able to|decline to|refuse to|cannot help|can't help"
    ).split("|")
)
"""There is no answer."""

NO_ANSWER = GIVEN_UP | {("as", "before"), ("unchanged",), ("same", "as"), ("see", "above")}
"""Nothing is answered here."""

ASKER = frozenset("i we you your us me which what where how may shall".split())
"""In a question: it asks back, and puts no answer forward."""

_AS_CUES = {"costs": "cost", "depths": "depth", "paths": "path", "operation": "operations"}
"""Words for costs in other forms than those in which cues have them; “a weight” is not “the weights”."""

_LONGEST = 3
"""Most words of a phrase in these tables."""


def spelled(tokens: Sequence[Token]) -> list[str]:
    """Tokens as lower-case words, for looking up phrases."""
    return [token.text.lower() for token in tokens]


@lru_cache(maxsize=16)
def _last_words(phrases: frozenset[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(phrase[-1] for phrase in phrases)


def occurs(words: Sequence[str], phrases: frozenset[tuple[str, ...]]) -> int:
    """Where one of several phrases occurs last.

    Args:
        words: in lower case, as :func:`spelled` gives them.
        phrases: of at most three words each.

    Returns:
        The index past it, or -1.
    """
    last = _last_words(phrases)
    for end in range(len(words), 0, -1):
        if words[end - 1] not in last:
            continue
        for length in range(1, min(_LONGEST, end) + 1):
            if tuple(words[end - length : end]) in phrases:
                return end
    return -1


def explains(words: Sequence[str]) -> bool:
    """Whether a sentence that begins with these words has come to its reasons, and to no outcome since.

    A reason at the front ends with its comma: “Since 16 ≥ 0.8(16 + λ), λ is at most 4”. “After the loop n is 4” is
    none.

    Args:
        words: of the sentence so far, in lower case.
    """
    for at in range(len(words) - 1, -1, -1):
        if words[at] in RESULT or words[at] in _TURN:
            return False
        if words[at] in REASON:
            if words[at] == "after" and at == 0:
                return not COPULA & set(words)
            return at > 1 or "," not in words[at:]
    return False


def foils(words: Sequence[str]) -> bool:
    """Whether these words introduce what somebody might wrongly say: “One might think that the answer is”.

    Args:
        words: of the sentence so far, in lower case.
    """
    at = occurs(words, FOIL)
    return at >= 0 and not _TURN & set(words[at:])


def hedges(words: Sequence[str]) -> bool:
    """Whether these words say that what follows is only possible: “It could be”, and “It could be 5, but also”.

    Args:
        words: of the sentence so far, in lower case.
    """
    at = occurs(words, HEDGE)
    if at < 0:
        return False
    for index in range(at, len(words)):
        turns_back = words[index] in _TURN and (index + 1 == len(words) or words[index + 1] not in _GOES_ON)
        if turns_back or words[index] in RESULT:
            return False
    return True


def as_cue(word: str) -> str:
    """A word as the cues of parts spell it: “costs” is “cost”.

    Args:
        word: in lower case.
    """
    return _AS_CUES.get(word, word)


def of_one_step(words: Sequence[str], behind: Sequence[str]) -> bool:
    """Whether a cost between these words is that of one step of many: “every position costs”, “per step”.

    Args:
        words: of the sentence before it, in lower case.
        behind: the two words after it.
    """
    after = tuple(behind[:2])
    if after[:1] in (("total",), ("overall",), ("altogether",)) or after in (("in", "total"), ("in", "all")):
        return False
    if words[-2:-1] == [","] and words[-1] in ("work", "depth"):
        return False  # “one product for each power: critical path O(log n), work O(n)”
    if words[-1:] == [":"] and words[1:2] == [","] and words[0] in COST_LABELS:
        return False  # “Work, with squaring for each power: O(nL log L)”
    for at in range(len(words) - 1, -1, -1):
        if words[at] in WHOLE or (words[at] == ":" and not COSTS.isdisjoint(words[:at])):
            break  # “O(log n) in each of L steps: O(L log n)”
        if words[at] in EACH and words[at - 1 : at] != [")"]:  # “O(log n) each” is said of that cost
            return True
    return bool(behind) and behind[0] in ("per", "each")


def concludes(words: Sequence[str]) -> bool:
    """Whether these words before a value introduce a conclusion: “so x =”, “Total:”."""
    return bool(CONCLUSION & set(words))


def grants(words: Sequence[str]) -> bool:
    """Whether a sentence that begins with these words is still in a condition: “Given x = 7”.

    Args:
        words: of the sentence so far, in lower case.
    """
    for at in range(len(words) - 1, -1, -1):
        if words[at] in RESULT or words[at] == ",":
            return False
        if words[at] in CONDITION:
            opens = at == 0 or words[at - 1] == ";"
            return opens or words[at] not in ("if", "when")  # “larger if λ > 1” says which λ
    return False


def denies(words: Sequence[str]) -> bool:
    """Whether the last of these words deny what follows: “not”, “rather than”.

    Args:
        words: before a value, in lower case.
    """
    return bool(words) and (words[-1].replace("’", "'") in DENIAL or tuple(words[-2:]) in DENIAL_IN_TWO_WORDS)


def turns(words: Sequence[str]) -> bool:
    """Whether a word that may turn what follows round is in force at the end of these words.

    Args:
        words: of the sentence so far, in lower case.
    """
    for word in reversed(words):
        if word in TURNING:
            return True
        if word in RESET:
            return False
    return False


def is_mathematical(tokens: Sequence[Token]) -> bool:
    """Whether there is a number, a LaTeX command, a function or a sign of a formula among the tokens.

    Args:
        tokens: of a stretch of text.
    """
    return any(
        token.kind in (Kind.NUM, Kind.COMMAND, Kind.FUNC) or (token.kind is Kind.OP and token.text in "=<>≤≥^∈≈+*/")
        for token in tokens
    )


GENERAL = frozenset("critical path length total overall cost complexity time depth work".split())
"""What a cost is called where the words above its list tell whose it is: “Naive way:”, “- Critical path: O(n)”."""

_STEPS = frozenset("step steps iteration iterations update updates".split())


def of_steps(words: Sequence[str]) -> bool:
    """Whether a cost behind these words is that of one of many steps: “L steps, each with depth”, “path per step:”.

    Args:
        words: of the sentence before it, in lower case.
    """
    for at in range(len(words) - 1, max(len(words) - 12, -1), -1):
        if words[at] in ("each", "per") and words[at + 1 : at + 2] not in ([":"], []):
            return bool(_STEPS & set(words[max(at - 4, 0) : at + 3]))
        if words[at] in ("total", "overall", "so", "hence", "therefore"):
            return False
    return False


def is_factor(words: Sequence[str], behind: Sequence[str]) -> bool:
    """Whether a cost between these words is multiplied by another: “the path O(log n) multiplies with O(log L) steps”.

    “A product takes O(log n), and there are L of them” says so, too.

    Args:
        words: of the sentence before it, in lower case.
        behind: some words after it.
    """
    before = tuple(words[-2:]) in {(verb, by) for verb in _MULTIPLY for by in ("with", "by")}
    return before or bool(behind and behind[0] in _MULTIPLY) or _counted(behind)


def _counted(behind: Sequence[str]) -> bool:
    """Whether the words behind a cost say how many times it is paid."""
    rest = [word for word in behind if word not in (",", ";", "and")][:7]
    return rest[:2] == ["there", "are"] and not (_STEPS | _TIMES).isdisjoint(rest) and not {"no", "."} & set(rest[:3])


_MULTIPLY = frozenset({"multiplies", "multiplied"})

_TIMES = frozenset("squarings rounds products multiplications of".split())
