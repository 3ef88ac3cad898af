"""Tables and a plot from raw runs: what docs/benchmarks.md shows.

python -m bench.search.report                 the tables of all runs
python -m bench.search.report --plot RUN      draws RUN/latency.svg anew
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.search.queries import MEANINGS_BEFORE

ROOT = Path(__file__).resolve().parents[3]
RUNS = ROOT / "tests" / "bench" / "runs"
OURS = "civicsearch"
COMPARED = ("tantivy", "tantivy-uncounted", "tantivy-one-field", "whoosh")
PLOT = "latency.svg"


def markdown() -> str:
    """Return the tables of all runs, newest first, for docs/benchmarks.md."""
    runs = sorted((path.parent for path in RUNS.glob("*/search.json")), reverse=True)
    if not runs:
        return "\nNo run is recorded yet.\n"
    return "".join(run_markdown(run) for run in runs)


def run_markdown(run: Path) -> str:
    """Return the section of one run."""
    facts = json.loads((run / "search.json").read_text("utf-8"))
    latency = json.loads((run / "latency.json").read_text("utf-8"))
    parts = [
        f"\n## {facts['documents']:,} documents, {facts['machine']['date'][:10]}\n",
        machine_text(facts),
        plot_text(run),
        "### Answers: mean and p99 in milliseconds\n",
        latency_table(latency, facts.get("meanings", MEANINGS_BEFORE)),
        spread_text(latency),
        "### How many times faster: ratio of means (of p99), over what both were asked\n",
        ratio_table(latency),
        "### Indexing and opening\n",
        build_table(facts),
        opening_table(facts),
        cold_text(facts),
        agreement_text(facts),
    ]
    return "\n".join(part for part in parts if part)


# --- arithmetic ---


def percentile(values: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile: a value that was measured."""
    ranked = sorted(values)
    return ranked[max(0, -int(-share * len(ranked) // 1) - 1)]


def known_ms(times: Iterable[int | None]) -> list[float]:
    """Return what was measured, in milliseconds."""
    return [us / 1000 for us in times if us is not None]


def mean(values: Sequence[float]) -> float:
    """Return the mean."""
    return sum(values) / len(values)


def ratios(ours: Sequence[int | None], theirs: Sequence[int | None]) -> tuple[float, float] | None:
    """Return how many times the mean and the p99 of theirs are ours, over common questions."""
    pairs = [(a, b) for a, b in zip(ours, theirs, strict=True) if a is not None and b is not None]
    if not pairs:
        return None
    mine, other = zip(*pairs, strict=True)
    return mean(other) / mean(mine), percentile(other, 0.99) / percentile(mine, 0.99)


# --- sections ---


def machine_text(facts: dict[str, Any]) -> str:
    """Return where the figures come from."""
    machine = facts["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in facts["versions"].items())
    changed = " with uncommitted changes" if machine["has_uncommitted_changes"] else ""
    load, load_after = machine["load"][0], machine["load_after"][0]
    computer = f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB"
    lines = [
        f"{computer}, {machine['system']}, Python {machine['python']}.",
        f"Commit {machine['commit']}{changed}; {versions}; numpy {machine['packages']['numpy']}.",
        f"Load when it began {load:.1f}, when it ended {load_after:.1f}.",
        *(f"Passed over: {reason}." for reason in facts["missing"]),
        f"Note: {facts['note'].rstrip('.')}." if facts["note"] else "",
    ]
    return "\n".join(filter(None, lines)) + "\n"


def plot_text(run: Path) -> str:
    """Return the link to the plot, where one was drawn."""
    if not (run / PLOT).is_file() or RUNS not in run.parents:
        return ""
    return f"![Mean time of an answer, by class and engine](../{(run / PLOT).relative_to(ROOT)})\n"


def latency_table(latency: dict[str, Any], meanings: Mapping[str, str]) -> str:
    """Return mean and p99 of every class and peer, with the number asked where it is not all."""
    names = peer_names(latency)
    rows = []
    for kind, times in latency.items():
        cells = [f"{kind}: {meanings[kind]}"]
        cells += [time_cell(times.get(name, [])) for name in names]
        rows.append(cells)
    return table(["class", *names], rows)


def time_cell(times: Sequence[int | None]) -> str:
    """Return the mean and p99 as text."""
    known = known_ms(times)
    if not known:
        return "-"
    count = f" ({len(known)})" if len(known) < len(times) else ""
    return f"{number(mean(known))} / {number(percentile(known, 0.99))}{count}"


def spread_text(latency: dict[str, Any]) -> str:
    """Return median and p90 of ours and of the peer that is compared with."""
    rows = [
        [kind, *(spread_cell(times.get(name, [])) for name in (OURS, COMPARED[0]))]
        for kind, times in latency.items()
    ]
    asked = max(len(column) for times in latency.values() for column in times.values())
    lead = f"{asked} questions of each kind; in brackets, how many where time ran out.\n\n"
    return lead + table(["median / p90", OURS, COMPARED[0]], rows)


def spread_cell(times: Sequence[int | None]) -> str:
    """Return median and p90 as text."""
    known = known_ms(times)
    if not known:
        return "-"
    return f"{number(percentile(known, 0.5))} / {number(percentile(known, 0.9))}"


def ratio_table(latency: dict[str, Any]) -> str:
    """Return how many times faster we are than the peers that promises are made about."""
    asked = peer_names(latency)
    names = [name for name in COMPARED if OURS in asked and name in asked]
    rows = []
    for kind, times in latency.items():
        found = [ratios(times.get(OURS, []), times.get(name, [])) if name in times else None
                 for name in names]  # fmt: skip
        rows.append([kind, *(ratio_cell(pair) for pair in found)])
    return table(["class", *names], rows) if names else ""


def ratio_cell(pair: tuple[float, float] | None) -> str:
    """Return a pair of ratios as text."""
    return f"{pair[0]:.2f} ({pair[1]:.2f})" if pair else "-"


def build_table(facts: dict[str, Any]) -> str:
    """Return speed, size and memory of every build."""
    rows = [
        [
            name,
            f"{build['documents_a_second']:,.0f}",
            f"{build['documents_a_second_without_analysis']:,.0f}" if build["analysis_s"] else "-",
            f"{build['loaded']['documents_a_second']:,.0f}" if "loaded" in build else "-",
            f"{build['processor_s']:,.0f}",
            f"{build['size_bytes'] / build['raw_bytes']:.2f}",
            f"{build['peak_rss_mb']:,.0f}",
        ]
        for name, build in facts["builds"].items()
    ]
    heads = ["index", "documents/s", "its own part", "from memory", "processor s",
             "bytes a raw byte", "peak MB"]  # fmt: skip
    lead = (
        "Own part: without analysis, where words were handed over ready. From memory: documents/s "
        "of a second index, of up to 50,000 documents that were all in memory before.\n\n"
    )
    return lead + table(heads, rows)


def opening_table(facts: dict[str, Any]) -> str:
    """Return the times of opening, in a process of its own."""
    columns = ("first_open_ms", "open_ms", "first_search_ms", "peak_rss_mb")
    heads = ["peer", "first open ms", "open ms", "first search ms", "peak MB"]
    rows = [
        [name, *(number(figures[column]) for column in columns)]
        for name, figures in facts["openings"].items()
    ]
    return table(heads, rows)


def cold_text(facts: dict[str, Any]) -> str:
    """Return the times of whole processes."""
    if not facts.get("cold_us"):
        return ""
    ours, bare = (known_ms(facts["cold_us"][name]) for name in ("search", "bare"))
    return (
        f"A whole `civicsearch search` takes {mean(ours):.0f} ms "
        f"(median {percentile(ours, 0.5):.0f}), bare `python -c 'import numpy, click'` "
        f"{mean(bare):.0f} ms (median {percentile(bare, 0.5):.0f}): "
        f"{mean(ours) / mean(bare):.2f} times, over {len(ours)} runs each.\n"
    )


def agreement_text(facts: dict[str, Any]) -> str:
    """Return how many counts of matches are equal to ours, by class and peer."""
    if not facts.get("agreement"):
        return ""
    names = sorted({name for row in facts["agreement"].values() for name in row})
    rows = [
        [kind, *(agreement_cell(row.get(name)) for name in names)]
        for kind, row in facts["agreement"].items()
    ]
    lead = "### Do they find the same: equal counts of matches, of those that can be compared\n\n"
    lead += "In brackets, how many of those have matches at all.\n\n"
    return lead + table(["class", *names], rows)


def agreement_cell(figures: dict[str, Any] | None) -> str:
    """Return as text how many are equal, of how many, and how many of these have matches."""
    if not figures or not figures["compared"]:
        return "-"
    return f"{figures['equal']}/{figures['compared']} ({figures['with_matches']})"


def peer_names(latency: dict[str, Any]) -> list[str]:
    """Return the peers that answered anything, ours first."""
    names = dict.fromkeys(name for times in latency.values() for name in times)
    return sorted(names, key=lambda name: name != OURS)


def number(value: float) -> str:
    """Return a figure with about three digits."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [heads, ["---"] + ["---:"] * (len(heads) - 1), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


# --- plot ---


def plot(run: Path) -> None:
    """Draw the mean times of a run as bars on a logarithmic axis.

    Raises:
        ImportError: matplotlib is not installed.
    """
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "civicsearch"  # the same run gives the same bytes
    from matplotlib import pyplot

    latency = json.loads((run / "latency.json").read_text("utf-8"))
    names = peer_names(latency)
    figure, axes = pyplot.subplots(figsize=(9, 4), layout="constrained")
    width = 0.8 / len(names)
    for place, name in enumerate(names):
        heights = [mean(known_ms(times.get(name, [])) or [0]) for times in latency.values()]
        left = [row + (place - len(names) / 2 + 0.5) * width for row in range(len(latency))]
        axes.bar(left, heights, width, label=name)
    axes.set_yscale("log")
    axes.set_ylabel("mean milliseconds")
    axes.set_xticks(range(len(latency)), list(latency), rotation=30)
    axes.legend(fontsize="small", ncols=4, loc="upper center", bbox_to_anchor=(0.5, 1.2))
    figure.savefig(run / PLOT, metadata={"Date": None})
    pyplot.close(figure)


def main(arguments: list[str]) -> int:
    """Print the tables, or draw a plot anew."""
    if arguments[:1] == ["--plot"]:
        plot(Path(arguments[1]))
    else:
        sys.stdout.write(markdown())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
