"""What remarks say of an answer: labels proposed where the words judge and stand at the heading of one part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from grader.intake.documents import document_from_text
from grader.intake.parts.contexts import contexts
from grader.intake.parts.lettered import sections_of
from grader.intake.parts.references import part_name, references
from grader.records import Claim, Conversation, HintKind, Label, Problem, Remark, Turn

_START = r"^[\s\"“(]*(?:(?:And|But|Now|Ok|So)[, ]+)?"
_WHAT = (
    r"(?:(?:This|That|It|All(?: of this)?|Everything|Both|(?:The|This|That|Claude['’]s|Its|His) (?:final )?"
    r"(?:answer|result|solution|section|part|reply|response|formula))"
    r"(?:['’]s|[ ]is|[ ]are|[ ]was|[ ]looks?|[ ]seems?)?[ ])?"
)
_SO = (
    r"(?:(?:now|also|all|again|entirely|completely|fully|totally|indeed|still|finally|absolutely|perfectly)"
    r"[ ,]{1,2}){0,3}"
)
_RIGHT = re.compile(rf"{_START}{_WHAT}{_SO}(?:correct|right|true|perfect)\b", re.IGNORECASE)
_WRONG = re.compile(
    rf"{_START}(?:{_WHAT}(?:(?:still|again|also|completely|totally|clearly|now)[ ,]{{1,2}}){{0,3}}"
    r"(?:wrong|incorrect|false|(?:not|n['’]t)[ ](?:quite[ ])?(?:correct|right)|missed)\b"
    r"|(?:Claude|It|He|The (?:model|LLM))[ ](?:still |again )?(?:got (?:this|it) wrong|missed (?:this|it)|is wrong"
    r"|was wrong)\b)",
    re.IGNORECASE,
)
_PARTIAL = re.compile(
    rf"{_START}{_WHAT}(?:still )?(?:(?:mostly|partially|partly|almost|nearly|largely|technically|half)[ -]"
    rf"|better\b[^.]{{0,100}}\bbut\b)",
    re.IGNORECASE,
)
_ALL = re.compile(r"\W{0,4}(?:[Ee]verything|[Aa]ll|[Bb]oth|[Nn]othing|[Oo]verall)\b")
_FULLY = re.compile(r"\b(?:entirely|completely|fully|totally|perfectly|absolutely)\b", re.IGNORECASE)
_BUT = re.compile(r"\b(?:but|except|although|though|however|apart from|other than)\b", re.IGNORECASE)


def says(words: str) -> str:
    """What a remark's opening sentence says of an answer: ``right``, ``wrong`` or ``partial``; "" if it does not judge.

    A right answer with a "but" is partial, unless it is called entirely right.
    """
    sentence = re.split(r"(?<=[.!?])\s", words.strip()[:600], maxsplit=1)[0]
    if _PARTIAL.match(sentence):
        return "partial"
    if _WRONG.match(sentence):
        return "wrong"
    if _RIGHT.match(sentence):
        return "partial" if _BUT.search(sentence) and not _FULLY.search(sentence) else "right"
    return ""


def judged(conversation: Conversation, problems: Sequence[Problem]) -> Conversation:
    """The conversation with the parts that its remarks are about, and the labels they propose.

    A label that the person gave in another place stands; nothing is proposed beside it.
    """
    if not conversation.remarks:
        return conversation
    replies = {turn.number: turn for turn in conversation.turns if turn.role == "assistant"}
    about = {one.turn: (one.problem, one.label) for one in contexts(conversation, problems)}
    given = {(label.by, label.turn, label.part) for label in conversation.labels}
    remarks: list[Remark] = []
    labels = list(conversation.labels)
    for remark in conversation.remarks:
        turn = replies.get(remark.turn)
        part = remark.part
        if not part and turn:
            part = _part_meant(remark, turn, problems, about.get(remark.turn, ("", ())))
        remarks.append(replace(remark, part=part))
        verdict = says(remark.text)
        if part and verdict and ("annotator", remark.turn, part) not in given:
            given.add(("annotator", remark.turn, part))
            labels.append(Label("annotator", remark.turn, part, verdict, remark.text))
    return replace(conversation, remarks=tuple(remarks), labels=tuple(labels))


def judged_as_a_whole(conversation: Conversation, problems: Sequence[Problem], claims: Sequence[Claim]) -> Conversation:
    """The conversation with the labels that a remark on a whole reply proposes.

    Such a remark is the only one there that judges, stands below all answers of the reply (or on its page) and names
    no part. After a hint that names parts it is said of those of them that the reply answers anew; of a reply to a
    new task it may be said of anything, and proposes nothing.

    Args:
        conversation: after :func:`judged`.
        problems: of the course.
        claims: of the conversation.
    """
    if not conversation.remarks:
        return conversation
    hints = {turn.number: turn.hint for turn in conversation.turns if turn.role == "user"}
    given = {(label.by, label.turn, label.part) for label in conversation.labels}
    proposed: list[Label] = []
    parts = {(problem.id, part.id): part for problem in problems for part in problem.parts}
    for number, hint in hints.items():
        judging = [one for one in conversation.remarks if one.turn == number and says(one.text)]
        if hint is None or hint.kind is HintKind.NONE or not hint.about or len(judging) != 1 or judging[0].part:
            continue
        remark = judging[0]
        new = [one for one in claims if one.turn == number and one.span is not None and not one.carried]
        if remark.placed and any(one.span.line > remark.span.line for one in new if one.span):
            continue
        new = [one for one in new if hint.concerns(one.problem, parts[one.problem, one.part])]
        if says(remark.text) != "right" and len(new) > 1:
            continue  # which of them are wrong is not said
        for claim in new:
            name = claim.part_name
            if ("annotator", number, name) in given:
                continue
            note = f"said of the whole reply: {remark.text}"
            proposed.append(Label("annotator", number, name, says(remark.text), note))
    return replace(conversation, labels=(*conversation.labels, *proposed)) if proposed else conversation


def _part_meant(remark: Remark, turn: Turn, problems: Sequence[Problem], inside: tuple[str, tuple[str, ...]]) -> str:
    """The one part that a remark names, or in whose section it stands where it names none."""
    if _ALL.match(remark.text):
        return ""  # it is about all that was asked
    at, problem = _part_at(turn, remark.after, problems, inside) if remark.placed else "", inside[0]
    named = references(remark.text, problems, at.partition("/")[0] or problem).parts
    if not named:
        return at
    by_id = {one.id: one for one in problems}
    parts = {part_name(by_id[problem], label) for problem, label in named}
    return parts.pop() if len(parts) == 1 and _is_one(*named[0], problems) else ""


def _is_one(problem_id: str, label: tuple[str, ...], problems: Sequence[Problem]) -> bool:
    """Whether a label is that of one part, not of a group of them."""
    parts = [part for problem in problems if problem.id == problem_id for part in problem.parts]
    return sum(part.label[: len(label)] == label for part in parts) == 1


def _part_at(turn: Turn, at: int, problems: Sequence[Problem], inside: tuple[str, tuple[str, ...]]) -> str:
    """The part, as ``problem/part``, in whose section a place of a reply stands; "" where that is not one part."""
    masked = document_from_text(turn.text, format="markdown").masked
    section = next((one for one in sections_of(masked, problems, inside) if one.heading_start < at <= one.end), None)
    if section is None or not section.problem or not section.label:
        return ""
    parts = next((problem.parts for problem in problems if problem.id == section.problem), ())
    same = [part for part in parts if part.label == section.label] or [
        part for part in parts if part.label[: len(section.label)] == section.label
    ]
    return f"{section.problem}/{same[0].id}" if len(same) == 1 else ""
