"""Two runs side by side: on the terminal, as a page, and for programs."""

from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table

from practical_dl.job.console import print_table
from practical_dl.job.errors import counted
from practical_dl.report import page as pages
from practical_dl.run_comparison.scores import BETTER, SAME, WORSE
from practical_dl.run_comparison.times import NOT_AGAIN, total_text

MOST_TIMES = 15
NO_CONFIG = "Settings cannot be compared: both folders need a run_config.yaml."
Settings = list[list[str]] | None


def finding(scores: pd.DataFrame) -> str:
    """The comparison in one sentence."""
    if (scores["verdict"] == SAME).all():
        return f"Nothing has changed: all {len(scores):,} scores are the same in both folders."
    counts = Counter(scores["verdict"])
    listed = ", ".join(f"{count} {name}" for name, count in counts.most_common())
    return f"{len(scores):,} scores: {listed}."


def _shown_scores(scores: pd.DataFrame) -> pd.DataFrame:
    """The scores that changed, as texts."""
    moved = scores[scores["verdict"] != SAME]
    changes = [_change(row) for _, row in moved.iterrows()]
    return pd.DataFrame(
        {
            "data": moved["pipeline"] + ": " + moved["dataset"],
            "model": moved["model"],
            "scored on": moved["part"],
            "score": moved["metric"].str.replace("_", " "),
            "old": moved["value_old"].map(_number),
            "new": moved["value_new"].map(_number),
            "change (95 %)": changes,
            "verdict": moved["verdict"],
        }
    )


def _change(row: "pd.Series[Any]") -> str:
    if pd.isna(row["change"]):
        return ""
    text = f"{row['change']:+.4f}"
    if pd.isna(row.get("change_low")):
        return text
    return f"{text} ({row['change_low']:+.4f} to {row['change_high']:+.4f})"


def _number(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.4f}"


def shown_times(times: pd.DataFrame) -> pd.DataFrame:
    """The jobs whose time changed most, as texts, without those that did not run again."""
    rows = times[times["ran"] != NOT_AGAIN].head(MOST_TIMES)
    sides = {side: rows[side].map(_seconds) for side in ("old", "new")}
    return pd.DataFrame({"job": rows["job"], **sides, "ran": rows["ran"]})


def _seconds(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.1f} s"


def _shown_settings(settings: Settings) -> pd.DataFrame | None:
    """The settings that differ, or None if none do or none are known."""
    return pd.DataFrame(settings, columns=["setting", "old", "new"]) if settings else None


def _settings_text(settings: Settings) -> str:
    if settings is None:
        return NO_CONFIG
    if not settings:
        return "The settings are the same."
    return f"{counted(len(settings), 'setting')} {'differs' if len(settings) == 1 else 'differ'}."


def show(console: Console, scores: pd.DataFrame, settings: Settings, times: pd.DataFrame) -> None:
    """Print all three parts."""
    console.print(finding(scores), style="bold")
    _print_scores(console, _shown_scores(scores))
    console.print(_settings_text(settings), style="bold")
    _print_table(console, _shown_settings(settings))
    console.print(total_text(times), style="bold")
    _print_table(console, shown_times(times))


def _print_scores(console: Console, frame: pd.DataFrame) -> None:
    """One line per score below its model, whose name may be longer than a terminal is wide."""
    for names, rows in frame.groupby(["data", "model", "scored on"], sort=False):
        console.print(", ".join(map(str, names)), soft_wrap=True)
        for _, row in rows.iterrows():
            colour = {BETTER: "green", WORSE: "red"}.get(row["verdict"], "")
            console.print(f"  {_score_line(row)}", style=colour)


def _score_line(row: "pd.Series[Any]") -> str:
    values = " -> ".join(filter(None, (row["old"], row["new"])))
    told = (f"{row['score']} {values}", row["change (95 %)"], row["verdict"])
    return ", ".join(filter(None, told))


def _print_table(console: Console, frame: pd.DataFrame | None) -> None:
    if frame is None or frame.empty:
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in frame.columns:
        table.add_column(name, overflow="fold")
    for row in frame.itertuples(index=False):
        table.add_row(*map(str, row))
    print_table(console, table)


def as_page(
    old: Path, new: Path, scores: pd.DataFrame, settings: Settings, times: pd.DataFrame
) -> str:
    """The comparison as a page."""
    different = _shown_settings(settings)
    blocks = [
        pages.paragraph(
            f"Old: {old}. New: {new}. Changes are new minus old; intervals are paired."
        ),
        *_tabled("Scores that changed", _shown_scores(scores)),
        pages.heading("Settings"),
        pages.paragraph(_settings_text(settings)),
        *([pages.table(different)] if different is not None else []),
        pages.heading("Times"),
        pages.paragraph(total_text(times)),
        *_tabled("Jobs whose time changed most", shown_times(times)),
    ]
    return pages.page("Two runs side by side", finding(scores), blocks)


def _tabled(title: str, frame: pd.DataFrame) -> list[str]:
    return [] if frame.empty else [pages.heading(title), pages.table(frame)]


def as_json(scores: pd.DataFrame, settings: Settings, times: pd.DataFrame) -> dict[str, Any]:
    """The comparison for programs; null for unknown values."""
    return {
        "scores": _records(scores),
        "settings": settings
        and [dict(zip(("key", "old", "new"), one, strict=True)) for one in settings],
        "times": _records(times),
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    plain = frame.astype(object).where(frame.notna(), None)
    names = list(map(str, frame.columns))
    return [dict(zip(names, row, strict=True)) for row in plain.to_numpy().tolist()]
