"""The right answer, printed in every notation, is read back as right: alone, and in a submission.

What an author or a solver writes and what students type are read by the same code; a notation that the reader does not
take, or a symbol that the options do not declare, shows here before a student meets it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.intake.claims import claim_in_text
from grader.maths.rendering.ascii import ascii_of
from grader.records import Part, Problem, Rendered, Status
from grader.scoring.verification.cases import Case, told
from grader.scoring.verification.findings import Finding

_RELATION = re.compile(r"[=∈<>≤≥≠]|\\(?:in|le|ge)(?![A-Za-z])|\bin\b")
_FIX = (
    "Declare the symbols that occur, and how the answer may be written, in the part's options. If these are right, "
    "this is a gap in the reader: report it, with the answer."
)
_FIX_SECTION = (
    "Give the part `symbols` or `cues` by which its answer is found, other than those of its neighbours. If it has "
    "them, report it, with the answer."
)


def check_print(case: Case) -> Iterator[Finding]:
    """Every notation of the truth is judged correct as a bare answer, and where a submission gives it.

    Args:
        case: with a truth.
    """
    shown = case.kind.printed(case.truth.value, case.part.options)
    for notation, text in notations(shown).items() if shown is not None else ():
        yield _printed(case, notation, text)


def _printed(case: Case, notation: str, text: str) -> Finding:
    place = case.part.place("key") if case.part.key else case.part.place("solve")
    verdict = case.judge(text)
    if verdict.status is not Status.CORRECT:
        message = f"the right answer in {notation}, {text!r}, must be correct, but is {told(verdict)}"
        return case.tell.wrong("print", "verify-print", message, place, _FIX)
    page = submission(case.problem, case.part, text, tex=notation == "LaTeX")
    claim = claim_in_text(page, case.problem, case.part)
    verdict = case.judge_claim(claim)
    if verdict.status is Status.CORRECT:
        return case.tell.ok("print", f"{text!r} is correct, also in a submission")
    line = page.rstrip().rpartition("\n")[2]
    message = f"the line {line!r} under the part's heading must be correct, but is {told(verdict)}"
    if claim.text not in ("", text):
        message += f"; found was {claim.text!r}"
    return case.tell.wrong("print", "verify-print", message, place, _FIX_SECTION)


def notations(shown: Rendered) -> dict[str, str]:
    """A rendering in Unicode, LaTeX and ASCII; the same text once, and none that ASCII cannot spell.

    Args:
        shown: the right answer.
    """
    found = {"Unicode": shown.unicode}
    if shown.latex != shown.unicode:
        found["LaTeX"] = shown.latex
    if (typed := ascii_of(shown.unicode)).isascii() and typed not in found.values():
        found["ASCII"] = typed
    return found


def submission(problem: Problem, part: Part, text: str, *, tex: bool) -> str:
    """A page of homework that answers one part: headings, what tells it from its neighbours, the answer.

    Args:
        problem: of the part.
        part: that is answered.
        text: the answer.
        tex: it is LaTeX, and stands between dollars.
    """
    heading = f"Problem {problem.number}: {problem.title}" if problem.number else problem.title
    label = "".join(f"**({name})**\n\n" for name in part.label)
    beside = [p for p in problem.parts if p is not part and (p.label, p.type) == (part.label, part.type)]
    cue = next((cue for cue in part.cues if not any(cue in other.cues for other in beside)), "")
    symbol = part.symbols[0] if part.symbols and not (cue or _RELATION.search(text)) else ""
    statement = f"{symbol} = {text}" if symbol else text
    lead = f"{cue[:1].upper()}{cue[1:]}: " if cue else "" if symbol else "Answer: "
    return f"## {heading}\n\n{label}{lead}{f'${statement}$' if tex else statement}\n"
