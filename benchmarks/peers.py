"""``grade``, ``math-verify`` and plain SymPy on the same labelled cases, in the same run.

``python -m benchmarks.peers`` prints Markdown; ``--write docs/benchmarks.md`` also puts it between the markers of
that page. ``--cases FILE.yaml`` and ``--jsonl FILE`` judge other people's cases.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import preparation, short_answers
from benchmarks.arena import Round, folds, play
from benchmarks.cases import Case, CaseError, distinct, load, load_jsonl, load_yaml
from benchmarks.contestants import CONTESTANTS
from benchmarks.peer_tables import by_type, cost, disagreements, overview, settings_table, slowness, start
from benchmarks.tallies import kind_of
from grader.answers import type_names

RUNS = 3
TRIED = 100  # cases of each type on which math-verify is tried in every setting
BEGIN, END = "<!-- begin: python -m benchmarks.peers -->", "<!-- end -->"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the comparison."""
    options = parser().parse_args(arguments)
    try:
        cases, left_out = chosen(options)
    except (CaseError, OSError) as error:
        sys.exit(str(error))
    names = [name for name in CONTESTANTS if name not in options.without]
    absent = [name for name in names if CONTESTANTS[name].release() is None]
    names = [name for name in names if name not in absent]
    lacking = unknown_types(cases)
    if lacking:
        left_out.append(f"`grade` has no type {', '.join(lacking)} yet: its verdict there is `failed`.")
    own = not options.cases and not options.jsonl
    if "SymPy" in names and "SymPy" not in allowed(names, own, options.trusted):
        names.remove("SymPy")
        left_out.append("SymPy: it evaluates texts as code; `--trusted` says that these cases are harmless")
    if "math-verify" in absent:
        left_out.append("math-verify is not installed: `make bench-peers` installs it")
    prepared = {case.id: preparation.texts(case) for case in cases}
    texts, settings = choose_settings(cases, prepared) if "math-verify" in names else ({}, {})
    runs = compete(names, cases, prepared, texts, options.runs)
    about = [environment(names), f"{len(cases)} cases; {options.runs} runs, taken in turn.", *left_out]
    lines = [*(f"- {line}" for line in about), ""]
    lines += ["### Verdicts", "", overview(names, cases, runs), "", by_type(names, cases, runs), ""]
    lines += ["### Time and memory", "", cost(names, cases, runs), ""]
    lines += [slowness(names, cases, runs), "", start(names, runs), ""]
    if settings:
        lines += ["### Settings tried for math-verify", "", settings_table(settings), ""]
    if own or options.answers:
        lines += ["### Short answers, `grade` alone", ""]
        progress("short answers")
        lines += [
            short_answers.report([c for c in cases if c.type not in lacking], options.answers or short_answers.ANSWERS),
            "",
        ]
    text = "\n".join(lines)
    print(text)
    if options.show:
        print(disagreements(options.show, cases, runs), file=sys.stderr)
    if options.write:
        write(options.write, text)


def unknown_types(cases: Sequence[Case]) -> list[str]:
    """Types of cases that ``grade`` does not have."""
    return sorted({case.type for case in cases} - {*type_names(), "auto"})


def allowed(names: Sequence[str], own: bool, trusted: bool) -> list[str]:
    """The contestants that may see the cases: SymPy, which evaluates texts as code, not everybody's."""
    return [name for name in names if own or trusted or name != "SymPy"]


def parser() -> argparse.ArgumentParser:
    """The options of the command."""
    out = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__.splitlines()[0])
    out.add_argument("--cases", type=Path, metavar="FILE.yaml", help="judge these cases, in the format of tests/cases")
    out.add_argument(
        "--jsonl", type=Path, metavar="FILE", help="judge these: id, type, expected, response, options, label"
    )
    out.add_argument("--trusted", action="store_true", help="give other people's cases to SymPy, which evaluates them")
    out.add_argument("--only", nargs="+", default=[], metavar="TYPE", help="cases of these types only")
    out.add_argument("--limit", type=int, metavar="N", help="about N cases, evenly spread: a quick look")
    out.add_argument("--without", nargs="+", default=[], choices=list(CONTESTANTS), help="leave a contestant out")
    out.add_argument("--runs", type=int, default=RUNS, metavar="N", help=f"runs of each contestant ({RUNS})")
    out.add_argument("--answers", type=int, default=0, metavar="N", help="short answers for grade alone (20000)")
    out.add_argument("--show", choices=list(CONTESTANTS), help="list on stderr where it does not agree")
    out.add_argument("--write", type=Path, metavar="PAGE.md", help="put the tables between the page's markers")
    return out


def chosen(options: argparse.Namespace) -> tuple[list[Case], list[str]]:
    """The cases that the options name, and what was left out and why.

    Raises:
        CaseError: a file that was named has something else in it, or no case is left.
    """
    left_out: list[str] = []
    if options.cases or options.jsonl:
        named = load_yaml(options.cases) if options.cases else []
        cases = distinct([*named, *(load_jsonl(options.jsonl) if options.jsonl else [])])
    else:
        cases, left_out = load()
    cases = [case for case in cases if not options.only or case.type in options.only]
    if not cases:
        raise CaseError("there are no such cases")
    if options.limit and len(cases) > options.limit:
        left_out.append(f"all but every {-(-len(cases) // options.limit)}th of {len(cases)} cases")
        cases = cases[:: -(-len(cases) // options.limit)]
    # By type, so that every second case is one half of each (arena.folds).
    return sorted(cases, key=lambda case: case.type), [f"Left out: {line}" for line in left_out]


Texts = dict[str, dict[str, tuple[str, str]]]


def choose_settings(cases: Sequence[Case], prepared: Texts) -> tuple[dict[str, str], dict[str, dict[str, int]]]:
    """Try ``math-verify`` in every setting; for each type it competes in the one in which it agrees most.

    Args:
        cases: of which at most about :data:`TRIED` of each type are tried, evenly spread.
        prepared: by case and setting, the texts of key and answer.

    Returns:
        The setting for each type, and how often each agreed, by type and setting.
    """
    jobs: dict[str, dict[str, Any]] = {}
    ids: dict[tuple[str, str], str] = {}
    sample = [case for kind in sorted({case.type for case in cases}) for case in spread_of(kind, cases)]
    for case in sample:
        tried: dict[tuple[str, str], str] = {}
        for setting, (gold, answer) in prepared[case.id].items():
            identity = tried.setdefault((gold, answer), f"{setting} {case.id}")
            ids[case.id, setting] = identity
            jobs[identity] = {"id": identity, "gold": gold, "answer": answer}
    progress(f"math-verify in {len(preparation.SETTINGS)} settings, {len(jobs)} pairs of texts")
    outcomes = play("math-verify", [], list(jobs.values())).outcomes
    counts: dict[str, dict[str, int]] = {}
    for case in sample:
        row = counts.setdefault(case.type, dict.fromkeys(preparation.SETTINGS, 0))
        for setting in preparation.SETTINGS:
            status = outcomes[ids[case.id, setting]].status
            row[setting] += kind_of(status, case.labels, graded=False) == "agree"
    return {kind: max(row, key=row.__getitem__) for kind, row in counts.items()}, counts


def spread_of(kind: str, cases: Sequence[Case]) -> list[Case]:
    """At most :data:`TRIED` cases of a type, evenly spread."""
    some = [case for case in cases if case.type == kind]
    return some[:: -(-len(some) // TRIED)]


def progress(message: str) -> None:
    """Tell what is being done, on stderr."""
    print(message, file=sys.stderr, flush=True)


def compete(
    names: Sequence[str], cases: Sequence[Case], prepared: Texts, settings: dict[str, str], runs: int
) -> dict[str, list[Round]]:
    """Let all contestants judge all cases some times, each half in a fresh process, taking turns.

    Returns:
        For each contestant a round for each run, in which both halves are joined.
    """
    jobs = {}
    for name in names:
        setting = settings if name == "math-verify" else {}
        jobs[name] = []
        for case in cases:
            gold, answer = prepared[case.id][setting.get(case.type, "written/written")]
            jobs[name].append({**case.plain(), "gold": gold, "answer": answer})
    out: dict[str, list[Round]] = {name: [] for name in names}
    for run in range(runs):
        rounds: dict[str, list[Round]] = {name: [] for name in names}
        for half in range(2):
            turn = (run * 2 + half) % len(names)
            for name in [*names[turn:], *names[:turn]]:  # nobody is always first
                parts = folds(jobs[name])
                if half < len(parts):
                    progress(f"run {run + 1} of {runs}, half {half + 1}: {name}")
                    rounds[name].append(play(name, *parts[half]))
        for name in names:
            out[name].append(joined(rounds[name]))
    return out


def joined(halves: Sequence[Round]) -> Round:
    """Two halves of a run as one; the import counts once, at its quickest."""
    return Round(
        outcomes={k: v for half in halves for k, v in half.outcomes.items()},
        load_wall=min(half.load_wall for half in halves),
        load_cpu=min(half.load_cpu for half in halves),
        first_cpu=min(half.first_cpu for half in halves),
        peak=max(half.peak for half in halves),
        restarts=sum(half.restarts for half in halves),
    )


def environment(names: Sequence[str]) -> str:
    """A line with date, versions and machine."""
    versions = ", ".join(f"{name} {CONTESTANTS[name].release()}" for name in names)
    load_average = f"; load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{datetime.date.today().isoformat()}: {versions}; Python {platform.python_version()}, {platform.system()}; "
        f"{processor()}, {os.cpu_count()} processors{load_average}."
    )


def processor() -> str:
    """The processor's name, as the system tells it."""
    information = Path("/proc/cpuinfo")
    if information.exists():
        for line in information.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def write(page: Path, text: str) -> None:
    """Replace what stands between the markers of a page.

    Raises:
        SystemExit: the page has no markers; it is left as it is.
    """
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit(f"{page}: the markers {BEGIN} and {END} are expected")
    page.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
