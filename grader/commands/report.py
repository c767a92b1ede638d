"""``grade report``: pages and tables anew from what was graded before, without grading."""

from __future__ import annotations

from pathlib import Path

import click

from grader.commands.common import DONE, json_option, run_argument


@click.command(
    "report",
    short_help="Write the reports of a graded run anew, without grading.",
    epilog="\b\nExample: grade report out --release-expected",
)
@run_argument
@click.option(
    "--release-expected/--keep-expected",
    default=None,
    help="Whether students' pages show the expected answers. Default: as it was graded.",
)
@json_option
def command(out: Path, release_expected: bool | None, as_json: bool) -> None:
    """Write the pages, the grade book and the tables in OUT anew from the run that is kept there.

    OUT is the folder that `grade submissions` or `grade transcripts` wrote. Nothing is read or graded again, and the
    course need not be there: the run holds the specs by which it was graded. Marks that people gave since are in the
    new reports. Where a spec was changed since, that is told; `grade regrade OUT` grades by the new one.
    """
    from grader.analysis.index import RunIndex
    from grader.commands.by_hand import decisions_beside, with_decisions
    from grader.commands.common import print_json, tell
    from grader.commands.outcome import print_summary, share_of, summary_object
    from grader.commands.outputs import tell_written, told_if_unwritten, write_outputs
    from grader.commands.stored import changed_since, stored_run

    stored = stored_run(out)
    tell(changed_since(stored.manifest, out))
    run = with_decisions(stored.run, decisions_beside(out))
    wanted = stored.manifest.release_expected if release_expected is None else release_expected
    index = RunIndex(run)
    with told_if_unwritten():
        reports = write_outputs(index, out, wanted)
    share = share_of(index)
    if as_json:
        print_json(summary_object(stored.manifest, (), run, share, reports, DONE))
    else:
        print_summary(index, share)
        tell_written(reports)
