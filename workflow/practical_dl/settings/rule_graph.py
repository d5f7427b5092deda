"""docs/rulegraph.svg from Snakemake's graph: `python -m practical_dl.settings.rule_graph`.

Reads what `snakemake all --rulegraph --forceall` prints, in Graphviz' language, and draws it
without Graphviz: one band per pipeline, one column per step, an arrow where a rule reads another's
files. Arrows that a longer path implies are left out. Equal graphs give equal bytes.
"""

import html
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from practical_dl.files.artefacts import write_text
from practical_dl.job.errors import UserError
from practical_dl.report.plotting import COLOURS

ROOT = Path(__file__).parents[3]
PICTURE = ROOT / "docs/rulegraph.svg"
NAMES = {
    "images": "images",
    "movies": "movies",
    "reviews": "reviews",
    "small/characters": "characters",
    "small/optimizer": "optimizers",
    "small/convolution": "convolution",
    "": "shared",
}
BANDS = tuple(NAMES)
WIDTH, HEIGHT, GAP_X, GAP_Y, TITLE = 184, 20, 34, 6, 26

Edges = set[tuple[str, str]]


@dataclass(frozen=True)
class Graph:
    """Rules, and pairs of a rule and one that reads its files."""

    rules: tuple[str, ...]
    edges: frozenset[tuple[str, str]]


def parse(dot: str) -> Graph:
    """The graph that Snakemake prints, without the target `all`. Self-loops are dropped."""
    labels = {
        number: text.split("\\n")[0]
        for number, text in re.findall(r'^\s*(\d+)\[label = "([^"]+)"', dot, re.M)
    }
    pairs = re.findall(r"^\s*(\d+) -> (\d+)", dot, re.M)
    edges = {(labels[a], labels[b]) for a, b in pairs}
    rules = sorted(set(labels.values()) - {"all"})
    kept = frozenset((maker, reader) for maker, reader in edges if reader not in ("all", maker))
    return Graph(tuple(rules), kept)


def reduced(graph: Graph) -> Edges:
    """The edges that no longer path implies."""
    after: dict[str, set[str]] = {rule: set() for rule in graph.rules}
    for maker, reader in graph.edges:
        after[maker].add(reader)
    reach: dict[str, set[str]] = {}

    def reached(rule: str) -> set[str]:
        if rule not in reach:
            reach[rule] = set().union(*({one} | reached(one) for one in after[rule]))
        return reach[rule]

    return {
        (maker, reader)
        for maker, reader in graph.edges
        if not any(reader in reached(other) for other in after[maker] - {reader})
    }


def depths(graph: Graph) -> dict[str, int]:
    """For each rule the length of the longest path to it from a rule that reads nothing."""
    makers: dict[str, list[str]] = {rule: [] for rule in graph.rules}
    for maker, reader in graph.edges:
        makers[reader].append(maker)
    found: dict[str, int] = {}

    def depth(rule: str) -> int:
        if rule not in found:
            found[rule] = max((depth(maker) + 1 for maker in makers[rule]), default=0)
        return found[rule]

    return {rule: depth(rule) for rule in graph.rules}


def _bands(rules: Sequence[str], files: Mapping[str, str]) -> dict[str, str]:
    """For each rule the band of its rules file."""
    return {
        rule: next(band for band in BANDS if files.get(rule, "").startswith(band)) for rule in rules
    }


def _rule_files(folder: Path) -> dict[str, str]:
    """For each rule its rules file below `folder`, without the suffix."""
    return {
        name: path.relative_to(folder).with_suffix("").as_posix()
        for path in sorted(folder.rglob("*.smk"))
        for name in re.findall(r"^(?:rule|use rule \w+ as) (\w+)", path.read_text(), re.M)
    }


def svg(graph: Graph, files: Mapping[str, str]) -> str:
    """The picture."""
    column, band = depths(graph), _bands(graph.rules, files)
    places: dict[str, tuple[int, int]] = {}
    parts: list[str] = []
    top = TITLE
    for name in BANDS:
        rows: dict[int, int] = {}
        for rule in sorted(graph.rules, key=lambda rule: (column[rule], rule)):
            if band[rule] == name:
                row = rows.get(column[rule], 0)
                rows[column[rule]] = row + 1
                x = GAP_X + column[rule] * (WIDTH + GAP_X)
                places[rule] = (x, top + TITLE + row * (HEIGHT + GAP_Y))
        if rows:
            parts.append(f'<text class="band" x="{GAP_X}" y="{top + 16}">{NAMES[name]}</text>')
            top += 2 * TITLE + max(rows.values()) * (HEIGHT + GAP_Y)
    parts += [_arrow(places[a], places[b]) for a, b in sorted(reduced(graph))]
    parts += [_box(rule, places[rule], COLOURS[BANDS.index(band[rule])]) for rule in graph.rules]
    width = GAP_X + (max(column.values()) + 1) * (WIDTH + GAP_X)
    return _SVG.format(width=width, height=top, title=len(graph.rules), body="\n".join(parts))


def _box(rule: str, place: tuple[int, int], colour: str) -> str:
    x, y = place
    text = html.escape(rule.replace("_", " "))
    return (
        f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="4" stroke="{colour}"/>'
        f'<text x="{x + 6}" y="{y + 14}">{text}</text>'
    )


def _arrow(start: tuple[int, int], end: tuple[int, int]) -> str:
    x, y = start[0] + WIDTH, start[1] + HEIGHT // 2
    u, v = end[0], end[1] + HEIGHT // 2
    bend = max(12, (u - x) // 2)
    return f'<path d="M{x} {y} C{x + bend} {y} {u - bend} {v} {u} {v}"/>'


_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-size="12"
 font-family="system-ui, sans-serif">
<title>The {title} rules of the workflow, and which read the files of which</title>
<style>rect {{ fill: #fff; stroke-width: 1.5 }} path {{ fill: none; stroke: #bbb }}
.band {{ font-size: 16px; font-weight: bold }}</style>
<rect width="{width}" height="{height}" stroke="none"/>
{body}
</svg>
"""


def current_picture() -> str:
    """The picture of the workflow as it is now.

    Raises:
        UserError: Snakemake refuses the workflow.
    """
    command = [sys.executable, "-m", "snakemake", "all", "--rulegraph", "--forceall"]
    done = subprocess.run(
        [*command, "--cores", "1", "--nolock"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise UserError(f"Snakemake gives no graph of rules: {done.stderr.strip()[-200:]}")
    return svg(parse(done.stdout), _rule_files(ROOT / "rules"))


if __name__ == "__main__":
    write_text(PICTURE, current_picture())
