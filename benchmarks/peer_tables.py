"""The tables of the comparison, as Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

from benchmarks.arena import Round
from benchmarks.cases import Case
from benchmarks.contestants import CONTESTANTS, FORMULAS
from benchmarks.measure import MIB, table
from benchmarks.preparation import SETTINGS
from benchmarks.tallies import OPEN, Tally, best_and_median, kind_of, middle_times, quantile, tally, usual

Runs = Mapping[str, Sequence[Round]]
GRADED = "grade"  # the contestant with seven statuses


def verdict_of(case: Case, rounds: Sequence[Round]) -> str:
    """What a contestant said of a case in most of its runs."""
    return usual([run.outcomes[case.id].status for run in rounds])


def unread(case: Case, rounds: Sequence[Round]) -> bool:
    """Whether a contestant told that it read nothing in the key or the answer, and so said “not correct”."""
    return rounds[0].outcomes[case.id].note.endswith("not read")


def decided(name: str, case: Case, rounds: Sequence[Round]) -> bool:
    """Whether a contestant compared the answer with the key: no open verdict, no error, both were read."""
    verdict = verdict_of(case, rounds)
    return verdict != "error" and verdict not in OPEN and not unread(case, rounds)


def tally_of(name: str, cases: Sequence[Case], runs: Runs) -> Tally:
    """The counts of a contestant over some cases."""
    return tally(((verdict_of(case, runs[name]), case.labels) for case in cases), graded=name == GRADED)


def overview(names: Sequence[str], cases: Sequence[Case], runs: Runs) -> str:
    """All cases, then those of types for which the others are made."""
    header = ["cases", "contestant", "agree", "", "false accepts", "false rejects", "open", "other mark", "errors"]
    header.append("nothing read")
    claimed = [case for case in cases if case.type in FORMULAS]
    rows = []
    for title, some in (("all", cases), ("formulas", claimed)):
        for name in names:
            t = tally_of(name, some, runs)
            counts = [t.agree, t.share, t.false_accepts, t.false_rejects, t.open, t.other, t.errors]
            counts.append(sum(unread(case, runs[name]) for case in some) if name == "math-verify" else "–")
            rows.append([f"{title}, {t.cases}", name, *counts])
    changing = {n: sum(len({r.outcomes[c.id].status for r in runs[n]}) > 1 for c in cases) for n in names}
    unstable = [f"{n}: {count}" for n, count in changing.items() if count]
    note = f"\n\nVerdicts that differ between runs (the most frequent counts): {', '.join(unstable)}." * bool(unstable)
    return f"{table(header, rows)}\n\nFormulas: {', '.join(f'`{name}`' for name in sorted(FORMULAS))}.{note}"


def by_type(names: Sequence[str], cases: Sequence[Case], runs: Runs) -> str:
    """Agreement, false accepts and false rejects for each type; a star where a type is not claimed."""
    header = ["type", "cases"]
    for name in names:
        header += [f"{name}: agree", "f. acc.", "f. rej.", "open" if name == GRADED else "errors"]
    rows = []
    for kind in sorted({case.type for case in cases}):
        some = [case for case in cases if case.type == kind]
        row: list[object] = [f"`{kind}`", len(some)]
        for name in names:
            t, claims = tally_of(name, some, runs), CONTESTANTS[name].claims
            star = "" if claims is None or kind in claims else " *"
            row += [f"{t.share}{star}", t.false_accepts, t.false_rejects, t.open if name == GRADED else t.errors]
        rows.append(row)
    return f"{table(header, rows)}\n\n\\* A type for which the contestant is not made."


def cost(names: Sequence[str], cases: Sequence[Case], runs: Runs) -> str:
    """Rates and times for a case, over all cases and over those that all contestants decided."""
    header = ["cases", "contestant", "answers a second, CPU", "by the clock", "p50, ms", "p95, ms", "max, ms"]
    common = [case for case in cases if all(decided(name, case, runs[name]) for name in names)]
    rows = []
    for title, some in (("all", cases), ("decided by each", common)):
        if some:
            rows += [[f"{title}, {len(some)}", name, *paces(some, runs[name])] for name in names]
    return f"{table(header, rows)}\n\nRates: the best run, and in brackets the median of the runs."


def paces(cases: Sequence[Case], rounds: Sequence[Round]) -> list[str]:
    """Cases a second by CPU and by the clock, and quantiles of the time for a case in milliseconds."""
    cpu, wall = ([{c.id: getattr(r.outcomes[c.id], kind) for c in cases} for r in rounds] for kind in ("cpu", "wall"))
    rates = [best_and_median([len(cases) / max(1e-9, sum(run.values())) for run in kind]) for kind in (cpu, wall)]
    middle = list(middle_times(wall).values())
    return [*rates, *(f"{1e3 * quantile(middle, share):,.2f}" for share in (0.5, 0.95, 1))]


def start(names: Sequence[str], runs: Runs) -> str:
    """What it takes to import a contestant, and its memory."""
    header = ["contestant", "import, ms CPU", "with the first answer, ms CPU", "peak memory, MiB"]
    rows = []
    for name in names:
        starts = [statistics.median(1e3 * getattr(r, kind) for r in runs[name]) for kind in ("load_cpu", "first_cpu")]
        rows.append([name, *(f"{s:,.0f}" for s in starts), f"{max(r.peak for r in runs[name]) / MIB:,.0f}"])
    lost = {name: sum(r.restarts for r in runs[name]) for name in names}
    told = [f"{name}: {count}" for name, count in lost.items() if count]
    note = f"\n\nProcesses that crashed or hung and were replaced: {', '.join(told)}." * bool(told)
    return f"{table(header, rows)}{note}"


def slowness(names: Sequence[str], cases: Sequence[Case], runs: Runs) -> str:
    """Median, p95 and greatest time of a case for each type."""
    header = ["type", *(f"{name}, ms: p50 / p95 / max" for name in names)]
    middle = {n: middle_times([{i: o.wall for i, o in r.outcomes.items()} for r in runs[n]]) for n in names}
    rows = []
    for kind in sorted({case.type for case in cases}):
        ids = [case.id for case in cases if case.type == kind]
        times = [[1e3 * middle[name][i] for i in ids] for name in names]
        rows.append([f"`{kind}`", *(" / ".join(f"{quantile(t, s):,.2f}" for s in (0.5, 0.95, 1)) for t in times)])
    return table(header, rows)


def settings_table(counts: Mapping[str, Mapping[str, int]]) -> str:
    """How often ``math-verify`` agreed in each setting; the one in bold is used for the type."""
    rows = []
    for kind in sorted(counts):
        best = max(counts[kind], key=counts[kind].__getitem__)
        rows.append([f"`{kind}`", *(f"**{n}**" if s == best else n for s, n in counts[kind].items())])
    return table(["type", *(setting.replace("/", " key, ") + " answer" for setting in SETTINGS)], rows)


def disagreements(name: str, cases: Sequence[Case], runs: Runs) -> str:
    """A line for each case in which a contestant does not agree with the label."""
    lines = []
    for case in cases:
        verdict = verdict_of(case, runs[name])
        kind = kind_of(verdict, case.labels, graded=name == GRADED)
        if kind != "agree":
            note = runs[name][0].outcomes[case.id].note
            what = f"{case.response!r} for {case.expected!r} {dict(case.options) or ''}"
            lines.append(f"{kind}\t{case.id}\t{case.type}\t{verdict} ({note}), not {'/'.join(case.labels)}\t{what}")
    return "\n".join(lines)
