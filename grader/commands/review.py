"""``grade review``: a person decides on what the machine left open, on a page that this machine alone sees."""

from __future__ import annotations

import getpass
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.commands.common import (
    DONE,
    NOTHING,
    USAGE,
    counted,
    json_option,
    print_json,
    run_argument,
    shown,
    stop,
    table,
    tell,
)
from grader.diagnostics import GradeError, operator_error

if TYPE_CHECKING:
    from grader.review.desk import Desk, State
    from grader.review.items import Group, Groups
    from grader.review.queue import Progress


@click.command(
    "review",
    short_help="Decide by hand on what is left open, in a browser on this machine.",
    epilog="\b\nExample: grade review out",
)
@run_argument
@click.option("--by", metavar="NAME", help="Who decides. Default: the name of this machine's user.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Default: any that is free.")
@click.option("--report", is_flag=True, help="Make the reports anew at the end.")
@click.option("--list", "listing", is_flag=True, help="Print what is open, and serve nothing.")
@click.option(
    "--decide",
    nargs=3,
    metavar="SUBJECT PROBLEM/PART MARK",
    help="Decide one answer, and serve nothing. MARK: points, such as 1.5; a share, such as '50 %'; "
    "full, none, or open to leave it without a mark.",
)
@click.option("--turn", type=click.IntRange(min=1), metavar="N", help="With --decide: the reply, in a conversation.")
@click.option("--why", default="", metavar="TEXT", help="With --decide: the reason, for the staff.")
@click.option("--comment", default="", metavar="TEXT", help="With --decide: what the student is told.")
@click.option(
    "--undo", metavar="ACT", help="Take back a decision by the name that --decide printed, and serve nothing."
)
@json_option
def command(
    out: Path,
    by: str | None,
    port: int,
    report: bool,
    listing: bool,
    decide: tuple[str, str, str] | None,
    turn: int | None,
    why: str,
    comment: str,
    undo: str | None,
    as_json: bool,
) -> None:
    """Decide on the answers in OUT, the folder of a run, that the machine could not read or decide, or did not find.

    A page lists them, equal answers together; each is shown where it was written, with what was expected. Marks go to
    OUT/decisions.jsonl, which is only ever appended to, and hold in every later run into OUT for as long as the answer
    says the same. The page is served to this machine alone, under an address that cannot be guessed.
    """
    from grader.review.desk import Desk

    if sum((listing, decide is not None, undo is not None)) > 1:
        raise click.UsageError("--list, --decide and --undo are three things to do; name one")
    try:
        desk = Desk(out, by or _user())
        if decide is not None:
            _decide(desk, *decide, turn, why, comment, as_json)
        elif undo is not None:
            _undo(desk, undo)
        elif listing or as_json:
            _list(desk, as_json)
        else:
            _serve(desk, port)
        if report:
            _report(desk)
    except GradeError as error:
        stop(error.diagnostics, USAGE)
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        stop([operator_error("review-io", f"cannot go on:{place} {error.strerror}")], USAGE)
    raise click.exceptions.Exit(DONE)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise click.UsageError("this machine does not say who you are; name yourself with --by") from None


def _serve(desk: Desk, port: int) -> None:
    """Serve the pages until the keyboard interrupts, and say what was done."""
    from grader.review.queue import progress
    from grader.review.server import ReviewServer

    groups, state = desk.now()
    tell(state.notes)
    done = progress(groups, state)
    with ReviewServer(desk, port) as server:
        waiting = counted(done.of - done.settled, "answer")
        click.echo(f"{shown(groups.run.title)}: {waiting} to decide, {done.settled} of {done.of} settled.")
        click.echo(f"\n    {server.address}\n")
        click.echo(f"Open the address in a browser on this machine; you decide as {shown(desk.by)}. Ctrl-C ends.")
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        server.serve()
    _tell_made(desk)


def _tell_made(desk: Desk) -> None:
    """What was decided here, and what comes next."""
    from grader.review.queue import progress

    groups, state = desk.now()
    done = progress(groups, state)
    kept = [one for one in desk.made if one not in state.log.undone]
    click.echo(f"\n{counted(len(kept), 'mark')} given, {done.settled} of {done.of} open answers settled{_left(done)}.")
    if kept:
        click.echo(f"They are in {desk.log_path}. Reports with them: grade report {desk.out}")


def _left(done: Progress) -> str:
    """What a person left open on purpose, behind the number of settled answers."""
    return f", {done.left} of them left open" if done.left else ""


def _report(desk: Desk) -> None:
    """Make the reports anew, with the decisions."""
    from grader.analysis.index import RunIndex
    from grader.commands.outputs import tell_written, told_if_unwritten, write_outputs
    from grader.store.decisions import apply

    groups, state = desk.now()
    with told_if_unwritten():
        reports = write_outputs(RunIndex(apply(groups.run, state.log).run), desk.out, desk.manifest.release_expected)
    tell_written(reports)


# ---------------------------------------------------------------- without a server


def _list(desk: Desk, as_json: bool) -> None:
    """Print what is open."""
    from grader.review.queue import Filter, listed, progress

    groups, state = desk.now()
    if as_json:
        print_json(list(_objects(groups, state)))
        return
    tell(state.notes)
    done = progress(groups, state)
    rows = [_row(group, state) for group in listed(groups, state, Filter())]
    if rows:
        click.echo(table(("part", "points", "answers", "status", "who", "words"), rows))
        click.echo()
    click.echo(f"{done.settled} of {done.of} open answers settled{_left(done)}.")


def _row(group: Group, state: State) -> tuple[str, ...]:
    from grader.reports.excerpts import shorten
    from grader.reports.numbers import exact

    left = [group.items[place] for place in state.waiting(group)]
    who = left[0].subject + (f" and {len(left) - 1} more" if len(left) > 1 else "")
    words = shorten(group.shown.claim.text, 40)
    name = "/".join(group.where.ref)
    return name, exact(group.where.part.points * len(left)), str(len(left)), str(group.status), who, words


def _objects(groups: Groups, state: State) -> Iterator[dict[str, Any]]:
    """Each answer that the machine left open, for programs."""
    for group in groups.open:
        for place, item in enumerate(group.items):
            decision, aside = state.decision(group, place), state.left_open(group, place)
            standing, result = decision or aside, group.results[place]
            yield {
                "schema": 1,
                **item._asdict(),
                "group": group.name,
                "status": str(group.status),
                "reason": group.reason,
                "points": float(group.where.part.points),
                "text": result.claim.text,
                "decided_by": decision.by if decision else None,
                "credit": float(decision.credit) if decision else None,
                "left_open_by": aside.by if aside else None,
                "act": standing.act if standing else None,
            }


def _decide(
    desk: Desk, subject: str, where: str, mark: str, turn: int | None, why: str, comment: str, as_json: bool
) -> None:
    """Decide one answer."""
    from grader.records import Item
    from grader.reports.numbers import exact
    from grader.review.credits import CreditError, credit_of

    groups, _ = desk.now()
    problem, _, part = where.partition("/")
    item = Item(subject, problem, part, turn)
    group = groups.by_item.get(item)
    if group is None:
        fix = f"`grade review {desk.out} --list` names what is open; in a conversation, --turn names the reply."
        stop([operator_error("review-no-answer", f"this run has no answer of {item} of its own", fix=fix)], NOTHING)
    points, places = group.where.part.points, [group.items.index(item)]
    try:
        credit = None if mark == "open" else credit_of(mark, points)
    except CreditError as error:
        raise click.BadParameter(str(error), param_hint="--decide") from None
    if credit is None:
        act, says = desk.leave_open(group, places, why=why), "left open"
    else:
        act = desk.decide(group, places, credit, why=why, comment=comment)
        says = f"{exact(credit * points)} of {exact(points)}"
    if as_json:
        print_json({"act": act, "credit": None if credit is None else float(credit)})
    else:
        click.echo(f"{says} for {shown(str(item))}. Undo: --undo {act}")


def _undo(desk: Desk, act: str) -> None:
    """Take one decision back."""
    taken = desk.undo(act)
    if not taken:
        stop([operator_error("review-no-act", f"no decision {shown(act)} stands", fix="Was it taken back?")], NOTHING)
    click.echo(f"Taken back: {', '.join(shown(str(one.item)) for one in taken)}.")
