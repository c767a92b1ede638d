"""The witness against an answer as a sentence that its writer can check by hand, and feedback without the answer.

Until the expected answers are released, a page says where an answer fails and what the writer's own answer gives
there, never what is expected there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.records import Verdict, Witness

_LONGEST = 140  # characters of values that somebody would put in by hand
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_NAMED = re.compile(r"^[^=]{1,12}=\s*(?=\S)")
_BY_A_FACTOR = re.compile(
    r"[:;] (?:along [^:;]*?, )?(?:it outgrows|the cost outgrows)[^:;.]*(?=[;.])|[:;] along [^:;.]*(?=[;.])"
)  # along which path, and by how much: that times the answer is what is expected
_LETTERS = re.compile("[A-Za-z\u0370-\u03ff]+")
_IN, _OUT = "in the set", "not in the set"


def hand_check(verdict: Verdict, type_: str, release: bool, feedback: str = "") -> str:
    """Where the answer fails, for its writer to check; "" where there is nothing to check by hand.

    Args:
        verdict: with its evidence.
        type_: name of the part's answer type.
        release: say what is expected there, too.
        feedback: what is shown besides; what it says already is not said again.
    """
    evidence = verdict.evidence
    witness = evidence.witness if evidence else None
    if evidence is None or witness is None or verdict.credit is None or _is_told(witness, feedback):
        return ""
    said = _check(witness, type_, release, drawn=evidence.method == "modular")
    return said if len(said) <= 2 * _LONGEST else ""


def _check(witness: Witness, type_: str, release: bool, *, drawn: bool) -> str:
    at = dict(_plain(witness.at))
    yours, expected = witness.yours, witness.expected
    if not at:
        return f"Write the sizes below your formula: {yours}." if expected == "sizes that fit" else ""
    ((name, value), *more) = at.items()
    if yours in (_IN, _OUT):
        return _membership(name, value, yours == _IN, release)
    if name == "index" and drawn:
        return f"Work out the entry with index {value} from your formula and from the question, and compare."
    if name in ("index", "cell", "entry") and not more:
        where = {"index": f"At index {value}", "cell": f"For {value}", "entry": f"In {value}"}[name]
        return f"{where} you have {yours}{f'; it is {expected}' if release else ': work that one out once more'}."
    if name == "option":
        return f"Option {value} is {yours}, and is to be {expected}." if release else ""
    if name in ("what", "path"):
        return ""
    if type_ == "growth":
        asks = f", and the cost grows like {expected}." if release else ". Does the cost grow like that, too?"
        return f"{_path(at)}: {_growth(yours)}{asks}"
    values = ", ".join(f"{key} = {given}" for key, given in at.items() if key not in ("entry", "index"))
    if not values or len(values) + len(yours) > _LONGEST:
        return ""
    if type_ in ("derivation", "classification"):
        return f"Put in {values}: this is where it fails."
    end = f"expected is {expected}." if release else "work out there what was asked, and compare."
    return f"Put in {values}: your answer gives {yours}; {end}"


def _membership(name: str, value: str, inside: bool, release: bool) -> str:
    if name == "element":
        said = f"{value} is in your set and does not belong there." if inside else f"{value} is missing in your set."
        return said if inside or release else ""
    where = f"Try {name} = {value}"
    if inside:
        return f"{where}: it is in your set, but it does not satisfy what was asked."
    return f"{where}: it satisfies what was asked, but it is not in your set."


def _path(at: dict[str, str]) -> str:
    """How the variables grow, as an instruction: ``Take n = d and let d grow``."""
    fixed = [name for name, shape in at.items() if shape == "fixed"]
    tied = [f"{name} = {shape}" for name, shape in at.items() if shape != "fixed"]
    words = {word for shape in at.values() if shape != "fixed" for word in _LETTERS.findall(shape)}
    letters = {word for word in words if len(word) == 1}  # and no log
    grows = letters.pop() if len(letters) == 1 else "the rest"
    kept = f"{'keep' if tied else 'Keep'} {' and '.join(fixed)} fixed" if fixed else ""
    steps = [f"Take {', '.join(tied)}" if tied else "", kept, f"let {grows} grow"]
    *most, last = (step for step in steps if step)
    return f"{', '.join(most)} and {last}"


def _growth(yours: str) -> str:
    return "your bound does not grow" if yours == "1" else f"your bound grows like {yours}"


def _plain(at: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    """What a person would put in: an element such as ``y_i`` with an open index goes with its family."""
    names = {name for name, _ in at}
    for name, value in at:
        base, _, sub = name.partition("_")
        if not (sub and sub.isalpha() and base in names):
            yield name, value


def _is_told(witness: Witness, feedback: str) -> bool:
    """Whether the feedback tells already where the answer fails, and what can be seen there."""
    if not witness.at:
        return witness.yours in feedback
    return all(f"{name} = {value}" in feedback for name, value in witness.at)


def says_only_no(expected: str) -> bool:
    """Whether the expected side of a witness says no more than that the other side is wrong."""
    return expected in (_IN, _OUT, "sizes that fit", "two equal sides", "what was asked", "the asked form", "not 0")


def without_witness(verdict: Verdict) -> str:
    """The feedback less the witness written out, which a page tells in words of its own (:func:`hand_check`)."""
    told = verdict.feedback
    witness = verdict.evidence.witness if verdict.evidence else None
    if witness is not None:
        text = str(witness)
        for written in (f"For example, {text}.", f"{text[:1].upper()}{text[1:]}."):
            told = told.replace(written, "")
    return " ".join(told.split())


def without_answer(verdict: Verdict) -> str:
    """The feedback less the sentences that tell what is expected.

    Such are the witness written out, a list of missing elements, and what quotes the expected answer.
    """
    told = without_witness(verdict)
    witness = verdict.evidence.witness if verdict.evidence else None
    if witness is not None and witness.at:
        told = told.replace(f", expected {witness.expected}.", ".").replace(f" ({witness.expected})", "")
    told = _BY_A_FACTOR.sub("", told)
    secrets = tuple(_secrets(verdict))
    kept = (one for one in _SENTENCE.split(told.strip()) if not one.startswith("Missing:"))
    return " ".join(one for one in kept if one and not any(quotes(one, secret) for secret in secrets))


def _secrets(verdict: Verdict) -> Iterator[str]:
    witness = verdict.evidence.witness if verdict.evidence else None
    for text in (verdict.expected.unicode, verdict.expected.latex) if verdict.expected else ():
        yield text
        if named := _NAMED.match(text):
            yield text[named.end() :]
    if witness is not None and not witness.at and not says_only_no(witness.expected):
        yield witness.expected


def quotes(text: str, secret: str) -> bool:
    """Whether ``secret`` stands in ``text`` as a whole, however it is spaced: 1 is not quoted in 12 or in x1."""
    if _stands_in(" ".join(secret.split()), " ".join(text.split())):
        return True
    bare = "".join(secret.split())
    return len(bare) >= 4 and not bare.isalnum() and bare in "".join(text.split())


def _stands_in(secret: str, text: str) -> bool:
    at = text.find(secret) if secret else -1
    while at >= 0:
        end = at + len(secret)
        glued_before = at > 0 and text[at - 1].isalnum() and secret[0].isalnum()
        glued_after = end < len(text) and text[end].isalnum() and secret[-1].isalnum()
        if not (glued_before or glued_after):
            return True
        at = text.find(secret, at + 1)
    return False
