"""How a survey of an input looks: in a terminal, and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import click

from grader.commands.common import counted, diagnostic_object, shown, table
from grader.diagnostics import Diagnostic, Span
from grader.intake.documents import Document
from grader.intake.doubts import BORDERS
from grader.intake.finding.candidates import Candidate, Fate
from grader.intake.finding.ranks import Rank
from grader.intake.survey import Answer, Survey, SurveyedText
from grader.records import Hint, Repair, Turn

_WHO = {"user": "person", "assistant": "reply"}

_WORDS = 60
"""Most characters of an answer, a turn or a place that are shown."""

_MOST = 5
"""Doubts, remarks and notes that are shown where not all are asked for."""

_MOST_BESIDE = 3
"""Other candidates that are shown beside an answer."""


def survey_text(survey: Survey, *, everything: bool = False) -> str:
    """A survey for a terminal.

    Args:
        survey: of one subject.
        everything: also what is left out for length.
    """
    most = 10**9 if everything else _MOST
    blocks = [_head(survey), _turns(survey), _remarks(survey, most)]
    blocks += [_answers(text, survey, most) for text in survey.texts]
    blocks += [_repairs(survey.repairs, most), _doubts(survey, most), _notes(survey.diagnostics, most)]
    return "\n\n".join(filter(None, blocks))


def _title(words: str) -> str:
    return click.style(words, bold=True)


def _short(text: str) -> str:
    line = " ".join(text[: 4 * _WORDS].split())
    return shown(line if len(line) <= _WORDS else line[: _WORDS - 1] + "…")


def _at(span: Span | None) -> str:
    if span is None:
        return ""
    return f"line {span.line}" if span.page is None else f"p. {span.page}, line {span.line}"


def _head(survey: Survey) -> str:
    lines = [_title(shown(survey.subject))]
    for document in survey.documents:
        pages = max(document.places.pages, default=0) if document.places else 0
        size = [counted(document.text.count("\n") + 1, "line"), f"{len(document.text):,} characters"]
        if pages:
            size.insert(0, counted(pages, "page"))
        lines.append(f"  {shown(document.file)}: {document.format}, {', '.join(size)}")
    talk = survey.conversation
    if talk is not None:
        replies = sum(turn.role == "assistant" for turn in talk.turns)
        model = f" of {shown(talk.model)}" if talk.model else ""
        lines.append(f"  a conversation{model}: {counted(replies, 'reply').replace('replys', 'replies')}")
    lines.append(f"  {counted(len(survey.repairs), 'repair')}, {counted(len(survey.doubts), 'doubt')}")
    return "\n".join(lines)


def _turns(survey: Survey) -> str:
    if survey.conversation is None:
        return ""
    rows = [
        (str(turn.number), _WHO[turn.role], _at(turn.span), _sure(turn), _hint(turn), _short(turn.text))
        for turn in survey.conversation.turns
    ]
    return f"{_title('Turns')}\n{table(('turn', 'who', 'where', 'borders', 'hint', 'begins'), rows)}"


def _sure(turn: Turn) -> str:
    return f"{turn.confidence}, worked out" if turn.inferred else str(turn.confidence)


def _hint(turn: Turn) -> str:
    if turn.hint is None:
        return ""
    parts: dict[str, list[str]] = {}
    for name in turn.hint.about:
        problem, _, part = name.partition("/")
        parts.setdefault(problem, []).append(part)
    about = "; ".join(f"{problem} {', '.join(own)}" for problem, own in parts.items())
    return f"{turn.hint.kind}{' (proposed)' if turn.hint.proposed else ''}{f', on {_short(about)}' if about else ''}"


def _remarks(survey: Survey, most: int) -> str:
    remarks = survey.conversation.remarks if survey.conversation is not None else ()
    rows = [(str(r.turn), _at(r.span), r.part, _short(r.text)) for r in remarks]
    return _listed("Remarks of a person, no part of any reply", ("turn", "where", "on", "words"), rows, most)


def _answers(text: SurveyedText, survey: Survey, most: int) -> str:
    title = f"Answers in reply {text.turn}" if text.turn is not None else "Answers"
    lines = []
    missing = []
    for answer in text.answers:
        name = f"{answer.problem.id}/{answer.part.id}"
        claim = answer.claim
        if claim.span is None or claim.carried:
            missing.append(name)
            continue
        ranks = [f", {one.rank.name.lower()}" for one in answer.candidates if one.fate is Fate.CHOSEN]
        lines.append(f"  {name}  {_at(claim.span)}  {claim.confidence}{''.join(ranks[:1])}: {_short(claim.text)}")
        lines += (f"      {line}" for line in _beside(answer, most))
    if not lines and not missing:
        return ""
    if missing:
        lines.append(f"  none for {', '.join(missing)}")
    heads = [f"{_short(h.words)} → {h.part or 'no part of the course'}" for h in text.headings]
    lead = [f"  headings: {'; '.join(heads[:most])}{' …' if len(heads) > most else ''}"] if heads else []
    return "\n".join([_title(title), *lead, *lines])


def _beside(answer: Answer, most: int) -> Iterator[str]:
    """What else there is to say of an answer: other candidates, and what makes it doubtful."""
    others = [one for one in answer.candidates if one.fate is not Fate.CHOSEN]
    told = others if most > _MOST else [one for one in others if one.fate is Fate.RIVAL or one.rank > Rank.PASSING]
    told = told[-min(most, _MOST_BESIDE) :] if most == _MOST else told
    for one in told:
        yield f"{one.fate}, {one.rank.name.lower()}: {_short(one.text)} ({_at(one.span)})"
    if len(others) > len(told):
        yield f"{len(others) - len(told)} more in passing (--all)"
    for diagnostic in answer.claim.diagnostics:
        if diagnostic.code != BORDERS:  # told once, with the turn
            yield shown(diagnostic.message)


def _repairs(repairs: Sequence[Repair], most: int) -> str:
    by_rule: dict[str, list[Repair]] = {}
    for repair in repairs:
        by_rule.setdefault(repair.rule, []).append(repair)
    rows = [
        (rule, str(len(own)) if not at else "", str(one.confidence), _at(one.span), _change(one))
        for rule, own in by_rule.items()
        for at, one in enumerate(own[: 1 if most == _MOST else most])
    ]
    return _listed("Repairs", ("rule", "times", "confidence", "first at", "change"), rows, 10**9)


def _change(repair: Repair) -> str:
    return f"{_short(repair.before)!r} → {_short(repair.after)!r}"


def _doubts(survey: Survey, most: int) -> str:
    rows = [(str(d.doubt.confidence), _at(d.span), _short(d.words), shown(d.doubt.why)) for d in survey.doubts]
    return _listed(
        "Doubts: compare these places with the original", ("words", "where", "what stands there", "why"), rows, most
    )


def _notes(diagnostics: Sequence[Diagnostic], most: int) -> str:
    rows = [(str(d.severity), _at(d.span), d.code, shown(d.message)) for d in diagnostics]
    return _listed("Notes", ("", "where", "code", ""), rows, most)


def _listed(title: str, header: Sequence[str], rows: Sequence[Sequence[str]], most: int) -> str:
    if not rows:
        return ""
    more = f"\nand {len(rows) - most} more (--all)" if len(rows) > most else ""
    return f"{_title(title)}\n{table(header, rows[:most])}{more}"


# ---------------------------------------------------------------- JSON


def survey_object(survey: Survey) -> dict[str, Any]:
    """A survey as an object for JSON; nothing is left out.

    Args:
        survey: of one subject.
    """
    talk = survey.conversation
    return {
        "subject": survey.subject,
        "model": talk.model if talk is not None else None,
        "documents": [_document_object(document) for document in survey.documents],
        "turns": [_turn_object(turn) for turn in talk.turns] if talk is not None else None,
        "remarks": [
            {"turn": r.turn, "part": r.part, "text": r.text, **_place(r.span)} for r in (talk.remarks if talk else ())
        ],
        "texts": [_text_object(text) for text in survey.texts],
        "repairs": [
            {
                "rule": r.rule,
                **_place(r.span),
                "before": r.before,
                "after": r.after,
                "confidence": str(r.confidence),
                "why": r.why,
            }
            for r in survey.repairs
        ],
        "doubts": [
            {"confidence": str(d.doubt.confidence), **_place(d.span), "text": d.words, "why": d.doubt.why}
            for d in survey.doubts
        ],
        "diagnostics": [diagnostic_object(d) for d in survey.diagnostics],
    }


def _document_object(document: Document) -> dict[str, Any]:
    rules = Counter(repair.rule for repair in document.repairs)
    return {
        "file": document.file,
        "format": document.format,
        "characters": len(document.text),
        "pages": max(document.places.pages, default=0) or None if document.places else None,
        "repairs": dict(rules),
    }


def _turn_object(turn: Turn) -> dict[str, Any]:
    hint = turn.hint
    return {
        "turn": turn.number,
        "role": turn.role,
        **_place(turn.span),
        "inferred": turn.inferred,
        "confidence": str(turn.confidence),
        "hint": _hint_object(hint) if hint else None,
        "text": turn.text,
    }


def _hint_object(hint: Hint) -> dict[str, Any]:
    return {"kind": str(hint.kind), "proposed": hint.proposed, "about": list(hint.about), "why": hint.why}


def _text_object(text: SurveyedText) -> dict[str, Any]:
    return {
        "turn": text.turn,
        "headings": [{"text": h.words, "part": h.part, **_place(h.span)} for h in text.headings],
        "answers": [_answer_object(answer) for answer in text.answers],
    }


def _answer_object(answer: Answer) -> dict[str, Any]:
    claim = answer.claim
    return {
        "problem": answer.problem.id,
        "part": answer.part.id,
        "text": claim.text,
        "carried": claim.carried,
        "confidence": str(claim.confidence),
        **_place(claim.span),
        "rivals": [{"text": text, **_place(span)} for text, span in claim.rivals],
        "diagnostics": [diagnostic_object(d) for d in claim.diagnostics],
        "candidates": [_candidate_object(one) for one in answer.candidates],
    }


def _candidate_object(one: Candidate) -> dict[str, Any]:
    return {"text": one.text, "rank": one.rank.name.lower(), "fate": str(one.fate), **_place(one.span)}


def _place(span: Span | None) -> dict[str, Any]:
    keys = ("file", "page", "line", "column", "start", "end")
    return {key: getattr(span, key) if span is not None else None for key in keys}
