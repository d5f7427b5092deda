"""Pages of the report that answer one question each: question, picture, answer, table.

The answers are sentences made from the numbers, and a difference whose interval holds zero is
called what it is: within the noise.
"""

import base64
import html
import io
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from practical_dl.artefacts import write_text
from practical_dl.plotting import DOTS_PER_INCH

Score = Mapping[str, float]


def is_noise(difference: Score) -> bool:
    """Whether the interval of a difference holds zero."""
    return difference["ci_low"] <= 0 <= difference["ci_high"]


def in_points(difference: Score) -> str:
    """A difference of shares as percentage points with its interval."""
    low, high = 100 * difference["ci_low"], 100 * difference["ci_high"]
    noise = ", within the noise" if is_noise(difference) else ""
    return f"{100 * difference['value']:+.1f} points (95 % {low:+.1f} to {high:+.1f}){noise}"


def in_nats(difference: Score) -> str:
    """A difference of log losses with its interval."""
    noise = ", within the noise" if is_noise(difference) else ""
    low, high = difference["ci_low"], difference["ci_high"]
    return f"{difference['value']:+.3f} (95 % {low:+.3f} to {high:+.3f}){noise}"


def share(score: Score) -> str:
    """A share as percent with its interval."""
    low, high = 100 * score["ci_low"], 100 * score["ci_high"]
    return f"{100 * score['value']:.1f} % ({low:.1f} to {high:.1f})"


def write_page(
    path: str | Path, question: str, answer: str, figure: Figure, table: pd.DataFrame
) -> None:
    """Write an HTML page that needs no other file; `table` is shown as it is, below the picture."""
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=DOTS_PER_INCH)
    encoded = base64.b64encode(picture.getvalue()).decode()
    title = html.escape(question)
    text = _PAGE.format(
        title=title,
        answer=html.escape(answer),
        picture=f'<img alt="{title}" src="data:image/png;base64,{encoded}">',
        table=table.to_html(index=False, border=0),
    )
    write_text(path, text)


_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 1.5rem; color: #1a1a1a; max-width: 70rem; }}
h1 {{ font-size: 1.3rem; }}
p {{ max-width: 60rem; }}
img {{ max-width: 100%; }}
table {{ border-collapse: collapse; display: block; overflow-x: auto; font-size: 0.9rem; }}
th, td {{ padding: 0.3rem 0.8rem; text-align: left; border-bottom: 1px solid #ddd; }}
td {{ font-variant-numeric: tabular-nums; white-space: nowrap; }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{answer}</p>
{picture}
{table}
</body>
</html>
"""
