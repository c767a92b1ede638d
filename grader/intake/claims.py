"""From a submission or a conversation to claims: what the subject answers to each part, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.answers import get_type
from grader.diagnostics import AnswerError, Audience, Diagnostic, InputError, Severity, Span
from grader.intake.documents import document_from_text, read_document
from grader.intake.doubts import SURE, doubted, less_sure
from grader.intake.finding.commitments import stays
from grader.intake.finding.finder import DOUBT, Found, answer_in
from grader.intake.finding.ranks import Place, Rank
from grader.intake.handins.submissions import Submission
from grader.intake.parts.byid import those
from grader.intake.parts.labels import Label
from grader.intake.texts import CutText, cut_text, replies_of, surroundings, whole
from grader.maths.reading.tokens import Kind
from grader.records import Claim, Confidence, Conversation, Part, Problem

MAX_ANSWER = 4000
"""Most characters of an answer; what follows is not read."""

MAX_TEXT = 50_000
"""Most characters of a text that a person reads."""


def claims_of_submission(
    submission: Submission, problems: Sequence[Problem], max_bytes: int
) -> tuple[tuple[Claim, ...], tuple[Diagnostic, ...]]:
    """One claim for each part of every problem, empty where the files answer it nowhere.

    Args:
        submission: whose files are read.
        problems: of the course.
        max_bytes: larger files are refused.

    Returns:
        The claims in the order of the problems, and what is to be said about the files. A file that
        cannot be read costs only what stands in it.
    """
    texts: list[CutText] = []
    diagnostics: list[Diagnostic] = []
    for path in submission.files:
        try:
            document = read_document(path, max_bytes, extract=True)
        except InputError as error:
            diagnostics.extend(error.diagnostics)
            continue
        diagnostics.extend(document.diagnostics)
        texts.append(cut_text(document, problems))
    claims = tuple(
        _of_files(Claim(submission.subject, problem.id, part.id), texts, problem, part)
        for problem in problems
        for part in problem.parts
    )
    return claims, tuple(diagnostics)


def claims_of_conversation(conversation: Conversation, problems: Sequence[Problem]) -> tuple[Claim, ...]:
    """One claim for each reply and each part asked until then.

    An answer that a reply does not repeat is carried over from the last reply that gave it.

    Args:
        conversation: whose replies are read.
        problems: of the course.

    Returns:
        The claims in the order of the replies, and in each in that of the problems; empty where a reply, and
        those before it, give no answer.
    """
    standing: dict[tuple[str, str], Claim] = {}
    claims: list[Claim] = []
    for turn, context, text in replies_of(conversation, problems):
        for problem in those(context.asked, problems):
            problem = context.as_asked(problem)  # whose answers alone are looked for
            for part in problem.parts:
                key = problem.id, part.id
                blank = Claim(conversation.id, problem.id, part.id, turn.number)
                claim = _in_text(blank, text, problem, part, answered_before=key in standing)
                if key in standing and (claim.span is None or _says_again(claim, standing[key], part)):
                    claim = replace(standing[key], turn=turn.number, carried=True)
                if claim.span is not None:
                    standing[key] = claim
                claims.append(claim)
    return tuple(claims)


def claim_in_text(text: str, problem: Problem, part: Part) -> Claim:
    """The claim on one part in a text in Markdown that is no file of anyone.

    Args:
        text: with headings, as in a submission.
        problem: of the part.
        part: that may be answered there.

    Returns:
        The claim; empty where the text holds no answer.
    """
    document = document_from_text(text, "<text>", "markdown")
    blank = Claim("verify", problem.id, part.id)
    return _in_text(blank, cut_text(document, [problem]), problem, part)


def _of_files(blank: Claim, texts: Sequence[CutText], problem: Problem, part: Part) -> Claim:
    """The claim from several files: they must agree, or else each is a rival of the last; texts are put together."""
    found = [claim for text in texts if (claim := _in_text(blank, text, problem, part)).span is not None]
    if not found:
        return blank
    if get_type(part.type).whole_text:
        words = "\n\n".join(dict.fromkeys(claim.text for claim in found))
        return replace(found[0], text=words, context=words)
    readable = [claim for claim in found if _readable(claim, part)]
    if not readable:
        return found[-1]
    best = max(readable, key=lambda c: SURE[c.confidence])
    rivals = [
        (claim.text, claim.span)
        for claim in readable
        if claim is not best and claim.span is not None and _differ(claim, best, part)
        and SURE[claim.confidence] >= SURE[Confidence.MEDIUM]
    ]  # fmt: skip
    return replace(best, rivals=(*best.rivals, *rivals))


def _readable(claim: Claim, part: Part) -> bool:
    try:
        get_type(part.type).read(claim.text, part.options)
    except AnswerError:
        return False
    return True


def _says_again(claim: Claim, standing: Claim, part: Part) -> bool:
    """Whether a later reply says what stands, in words that leave a doubt: no doubt comes of it."""
    if all(note.code != DOUBT for note in claim.diagnostics) or claim.rivals:
        return False
    return _readable(claim, part) and _readable(standing, part) and not _differ(claim, standing, part)


def _differ(one: Claim, other: Claim, part: Part) -> bool:
    kind = get_type(part.type)
    values = (kind.read(claim.text, part.options) for claim in (one, other))
    return kind.same(*values, part.options) is False


def _in_text(blank: Claim, text: CutText, problem: Problem, part: Part, *, answered_before: bool = False) -> Claim:
    """The claim from one document or reply: ``blank`` itself where it holds no answer."""
    kind = get_type(part.type)
    own = text.under(problem.id, part.label)
    if not own and len(problem.parts) == 1:
        own = text.of(problem.id, ())  # who answers the problem answers its part
    if own:
        words = text.text(own)
        matches = () if kind.whole_text else words.matches(kind, part.options)
        if not kind.concerned(words.tokens, matches, part.options):
            return blank
    if kind.whole_text:
        return _whole_text(blank, text, problem, part, answered_before=answered_before)
    explicit = any(text.sections[i].explicit for i in own)
    if own and part.type == "derivation":
        own = _longest_run(text, own)
    if own:
        siblings = [p for p in problem.parts if p is not part and (p.label, p.type) == (part.label, part.type)]
        corrected = text.corrected(own)
        found = answer_in(text.text(corrected), part, code=text.code, siblings=siblings)
        if corrected != own and (found is None or not found.readable or found.place.rank is Rank.PASSING):
            found = answer_in(text.text(own), part, code=text.code, siblings=siblings)
        shared = not explicit and any(other is not part and other.label == part.label for other in problem.parts)
        if found is not None and answered_before and _repeats(found, text.text(own).words, shared=shared):
            found = None  # talk about the part that gives no new answer
        if found is not None:
            return _claim(blank, text, found, _confidence(found, explicit))
        if lost := _lost(blank, text, own):
            return lost
    if answered_before and _is_about_others(text, problem, part):
        return blank
    for above in _above(problem, part):
        found = _found_above(text, above, problem, part)
        if found is not None:
            return _claim(blank, text, found, Confidence.LOW)
    return blank


def _repeats(found: Found, words: Sequence[str], *, shared: bool) -> bool:
    """Whether what was found in a later reply is no new answer: unreadable, said in passing, or of one that stays.

    Where several parts share the label, what nothing marks is none's.
    """
    unmarked = found.place.rank < Rank.STATED and (shared or not found.readable)
    return unmarked or found.place.rank is Rank.PASSING or (found.place.rank < Rank.FINAL and stays(words))


def _is_about_others(text: CutText, problem: Problem, part: Part) -> bool:
    """Whether a text has headings, and none of them stands above the part, as “(a)” does above (a)(i) and (a)(ii)."""
    if not any(section.explicit for section in text.sections):
        return False
    heads = {text.sections[i].label for i in text.under(problem.id, ()) if text.sections[i].explicit}
    return not any(part.label[:level] in heads for level in range(1, len(part.label)))


def _above(problem: Problem, part: Part) -> Iterator[tuple[str, Label]]:
    """Where a part may be answered that has no heading of its own: under the headings above it, then under none."""
    for level in range(len(part.label) - 1, -1, -1):
        yield problem.id, part.label[:level]
    yield "", ()


def _found_above(text: CutText, above: tuple[str, Label], problem: Problem, part: Part) -> Found | None:
    """The answer in sections that are not the part's own; None where there are none, or they hold none of its own."""
    indices = text.of(*above)
    # What parts share is none's: they are not searched for it, which is the dear part of this.
    if not indices or _shared(problem, part, above[1]):
        return None
    return answer_in(text.text(indices), part, own=False)


def _lost(blank: Claim, text: CutText, own: Sequence[int]) -> Claim | None:
    """The claim on an answer that may stand in words that are lost, under the part's own headings; None if none are."""
    ranges = [(text.sections[i].start, text.sections[i].end) for i in own]
    lost = [d for d in text.doubts(ranges) if d.confidence is Confidence.LOW]
    if not lost:
        return None
    start, end = lost[-1].start, min(lost[-1].end, lost[-1].start + MAX_ANSWER)
    raw = text.document.text
    claim = replace(blank, text=raw[start:end], span=text.span(start, end), confidence=Confidence.LOW)
    left, right = surroundings(raw, start, end)
    return doubted(replace(claim, context=raw[left:right], context_start=start - left), lost[-1:])


def _longest_run(text: CutText, own: Sequence[int]) -> list[int]:
    """Of sections about one part the longest run of neighbours: a table at the end sums up what is derived above."""
    runs: list[list[int]] = []
    for index in own:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return max(runs, key=lambda run: text.sections[run[-1]].end - text.sections[run[0]].start)


def _whole_text(blank: Claim, text: CutText, problem: Problem, part: Part, *, answered_before: bool) -> Claim:
    """The claim that is all of the text under the part's headings, or of the problem where no part has a heading.

    A later reply that does not say which part it is about, such as “I am sure”, replaces no text.
    """
    sections = text.sections
    own = text.under(problem.id, part.label)
    confidence = Confidence.HIGH if any(sections[i].explicit for i in own) else Confidence.MEDIUM
    if not own and not answered_before and not any(s.problem == problem.id and s.label for s in sections):
        own = [i for i, s in enumerate(sections) if s.problem == problem.id]
        confidence = Confidence.LOW if len(problem.parts) > 1 else Confidence.MEDIUM
    raw = text.document.text
    pieces: list[list[int]] = []
    for index in own:
        if pieces and sections[pieces[-1][-1]].end == sections[index].heading_start:
            pieces[-1].append(index)  # what stands under a heading of its own in the part
        else:
            pieces.append([index])
    said = [(sections[piece[0]].start, sections[piece[-1]].end) for piece in pieces if _says_something(text, piece)]
    if not said:
        return blank
    words = "\n\n".join(raw[start:end].strip() for start, end in said)[:MAX_TEXT]
    first, last = said[0]
    lead = len(raw[first:last]) - len(raw[first:last].lstrip())
    start, end = first + lead, min(first + len(raw[first:last].rstrip()), first + lead + MAX_TEXT)
    claim = replace(blank, text=words, span=text.span(start, end), context=words, context_start=0)
    return doubted(replace(claim, confidence=confidence), text.doubts(said), text.most)


def _says_something(text: CutText, piece: Sequence[int]) -> bool:
    """Whether there are words, formulas, a program or a picture in sections that follow each other."""
    said = (Kind.WORD, Kind.NAME, Kind.NUM, Kind.FUNC)
    if any(token.kind in said for index in piece for token in text.tokens(index)):
        return True
    words = text.document.text[text.sections[piece[0]].start : text.sections[piece[-1]].end]
    return any(mark in words for mark in ("```", "![", "\\includegraphics", "lstlisting"))


def _shared(problem: Problem, part: Part, above: Label) -> bool:
    """Whether another part below a label asks for the same symbols, so that a statement may answer either."""
    return any(
        other is not part
        and other.type == part.type
        and other.label[: len(above)] == above
        and (other.symbols == part.symbols or set(other.symbols) == set(part.symbols))
        for other in problem.parts
    )


def _confidence(found: Found, explicit: bool) -> Confidence:
    if found.place.rank >= Rank.FINAL or (found.place.rank is Rank.STATED and explicit):
        return Confidence.HIGH
    if found.place.rank is Rank.STATED or (found.sole and explicit):
        return Confidence.MEDIUM
    return Confidence.LOW


def _claim(blank: Claim, text: CutText, found: Found, confidence: Confidence) -> Claim:
    raw = text.document.text
    start, end = whole(raw, found.place.start, min(found.place.end, found.place.start + MAX_ANSWER))
    left, right = surroundings(raw, start, end)
    claim = replace(
        blank,
        text=raw[start:end],
        span=text.span(start, end),
        context=raw[left:right],
        context_start=start - left,
        confidence=confidence if found.readable else less_sure(confidence, Confidence.MEDIUM),
        diagnostics=(*blank.diagnostics, *_doubts(text, found)),
        rivals=tuple(_words(text, p) for p in found.rivals),
        given=tuple(_words(text, p) for p in found.given),
    )
    beside = [(p.start, p.end) for p in (*found.rivals, *found.given)]
    return doubted(claim, text.doubts([(start, end), *beside]), text.most)


def _words(text: CutText, place: Place) -> tuple[str, Span]:
    """The words at a place, with what belongs to them."""
    start, end = whole(text.document.text, place.start, place.end)
    return text.document.text[start:end], text.span(start, end)


def _doubts(text: CutText, found: Found) -> tuple[Diagnostic, ...]:
    if not found.doubt:
        return ()
    span = text.span(found.place.start, found.place.end)
    fix = "Write the answer on a line of its own, after “Answer:”."
    return (
        Diagnostic(DOUBT, Severity.WARNING, Audience.STUDENT, f"This may not be the answer: {found.doubt}.", span, fix),
    )
