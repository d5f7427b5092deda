"""Inspections on the terminal, and for programs."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from practical_dl.inspection.inspecting import Inspection
from practical_dl.job.console import print_table
from practical_dl.job.errors import counted

MOST_PARTS = 2
"""Parts of a path below the root that a line of a summary has: images/demo."""


def show_file(console: Console, found: Inspection) -> None:
    """One file: what it is, its facts and faults."""
    console.print(Text(str(found.path), style="bold"), soft_wrap=True)
    console.print(Text(found.described.what))
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for name, text in found.described.facts.items():
        table.add_row(Text(name), Text(text))
    print_table(console, table)
    _show_findings(console, found)
    if not found.described.wrong and not found.described.notes:
        console.print(Text("nothing wrong found", style="green"))
    console.print()


def show_line(console: Console, found: Inspection) -> None:
    """One file of many: one line, then its faults and notes."""
    console.print(Text(f"{found.path}: {found.described.what}"), soft_wrap=True)
    _show_findings(console, found)


def show_summary(console: Console, root: Path, found: Sequence[Inspection]) -> None:
    """A folder: how many files of which kind below it, and how many are damaged."""
    for line in summary_lines(root, found):
        console.print(Text(line), soft_wrap=True)
    damaged = sum(one.damaged for one in found)
    console.print(
        f"{counted(len(found), 'file')}, {damaged:,} of them damaged; logs and benchmarks left "
        "out; --all lists each"
    )


def summary_lines(root: Path, found: Sequence[Inspection]) -> list[str]:
    """A line per folder of a data set below `root`: how many files of which kind."""
    folders: dict[str, Counter[str]] = {}
    for one in found:
        parts = one.path.parent.relative_to(root).parts[:MOST_PARTS]
        folder = str(root.joinpath(*parts))
        folders.setdefault(folder, Counter())[one.path.suffix.removeprefix(".") or "other"] += 1
    return [
        f"{folder}: {counted(kinds.total(), 'file')} "
        f"({', '.join(f'{count:,} {kind}' for kind, count in kinds.most_common())})"
        for folder, kinds in folders.items()
    ]


def _show_findings(console: Console, found: Inspection) -> None:
    for text in found.described.wrong:
        console.print(Text(f"  wrong: {text}", style="bold red"))
    for text in found.described.notes:
        console.print(Text(f"  note: {text}", style="yellow"))


def as_json(found: Inspection) -> Mapping[str, Any]:
    """The inspection for programs."""
    origin = found.origin
    return {
        "path": str(found.path),
        "what": found.described.what,
        "damaged": found.damaged,
        "wrong": found.described.wrong,
        "notes": found.described.notes,
        "facts": found.described.facts,
        "rule": origin.rule if origin else None,
        "inputs": list(origin.inputs) if origin else None,
        "settings": origin.settings if origin else None,
        "seconds": round(origin.seconds, 3) if origin else None,
    }
