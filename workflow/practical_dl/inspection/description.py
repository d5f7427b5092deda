"""The description of an artefact: its kind, facts, faults, and notes; and numbers in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.errors import named
from practical_dl.report.wording import percent


@dataclass
class Description:
    """`what` the artefact is, `facts` about it, faults that make it `wrong`, `notes` worth seeing.

    An artefact with anything `wrong` is damaged: no rule of the workflow should read it.
    """

    what: str
    facts: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def balance(values: "pd.Series[Any]") -> str:
    """How often each value occurs, as counts and percent, in the order of the values."""
    counts = values.astype(str).value_counts().sort_index()
    shares = {name: percent(count / len(values), 0) for name, count in counts.items()}
    return named(f"{name} {count:,} ({shares[name]})" for name, count in counts.items())


def spread(values: NDArray[Any]) -> str:
    """Smallest, mean and largest of the finite numbers, or the one number if all are equal."""
    finite = values[np.isfinite(values)] if values.dtype.kind == "f" else values
    if not finite.size:
        return "no finite number"
    low, high = finite.min(), finite.max()
    if low == high:
        return f"{low:.4g}"
    return f"{low:.4g} to {high:.4g}, mean {finite.mean(dtype=np.float64):.4g}"


def score_text(scores: Mapping[str, Mapping[str, float]]) -> str:
    """Scores with their 95 % intervals in one line."""
    return "; ".join(
        f"{name.replace('_', ' ')} {one['value']:.4f} ({one['ci_low']:.4f} to {one['ci_high']:.4f})"
        for name, one in scores.items()
    )


def size_text(size: float) -> str:
    """Bytes in the largest unit that keeps the number readable."""
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} bytes" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"


def duration_text(seconds: float) -> str:
    """Seconds, minutes or hours, as a person would say it."""
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
