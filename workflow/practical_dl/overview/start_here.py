"""Blocks of the front page: what to look at first, and what each technique gave."""

import html
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from practical_dl.overview.techniques import Technique
from practical_dl.report import page as pages
from practical_dl.report.wording import BETTER, NOISE, SAME, WORSE, verdict

WIDTH, HEIGHT = 120, 14
"""Of a bar, in pixels."""
COLOUR = {BETTER: "#00664a", WORSE: "#a63c00", NOISE: "#666666", SAME: "#666666"}
MARKS = {BETTER: "helped", WORSE: "did not help", NOISE: "not proven", SAME: "no change"}

OPEN = (
    "if (typeof results === 'undefined') return true;"
    "const path = Object.keys(results).find(key => key.endsWith(this.getAttribute('href')));"
    "if (!path) return false;"
    "const content = path.endsWith('.png') ? 'img' : 'html';"
    "app.setView({content, contentPath: results[path].data_uri, resultPath: path});"
    "return false;"
)
"""In the report, whose pages are no files, a link opens the page that it holds."""


def link(path: str, text: str) -> str:
    """A link to a file below results/, which works in the report too."""
    return f'<a href="{html.escape(path)}" onclick="{OPEN}">{html.escape(text)}</a>'


def first_looks(shown: Iterable[tuple[str, str]]) -> list[str]:
    """Links to what one would show a friend: pairs of path and words; nothing where none."""
    items = "\n".join(f"<li>{link(path, words)}</li>" for path, words in shown)
    return [pages.heading("Look at these first"), f"<ul>\n{items}\n</ul>"] if items else []


def counted(found: Mapping[str, Sequence[Technique]]) -> str:
    """How many techniques helped, in a sentence; empty where none was compared."""
    words = Counter(verdict(one.gain) for several in found.values() for one in several)
    if not words:
        return ""
    rest = words[NOISE] + words[SAME]
    return (
        f"Of {words.total()} techniques held against a control, {words[BETTER]} helped, "
        f"{words[WORSE]} did not, and of {rest} nothing is proven."
    )


def technique_blocks(found: Mapping[str, Sequence[Technique]]) -> list[str]:
    """One table per data set: each technique, what it is, what it gave, and its page."""
    blocks = []
    for name, several in found.items():
        if several:
            blocks += [pages.heading(f"What each technique gave: {name}"), _table(several)]
    return blocks


def _table(several: Sequence[Technique]) -> str:
    widest = _scale([one.gain.value for one in several])
    rows = "\n".join(_row(one, widest) for one in several)
    unit = several[0].unit
    head = "".join(
        f"<th>{title}</th>"
        for title in ("technique", "", f"what it gave ({unit})", "", "what it is", "against")
    )
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"


def _row(one: Technique, widest: float) -> str:
    word = verdict(one.gain)
    cells = (
        link(one.page, one.name),
        bar(one, widest),
        f'<span style="color: {COLOUR[word]}">{one.told()}</span>',
        MARKS[word],
        html.escape(one.meaning),
        html.escape(one.control),
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _scale(values: Sequence[float]) -> float:
    """The gain that fills half a bar: the largest, unless it is a giant that would hide others."""
    sizes = sorted(map(abs, values))
    middle = sizes[len(sizes) // 2]
    return 1.1 * (sizes[-1] if sizes[-1] < 4 * middle else 3 * middle) or 1.0


def bar(one: Technique, widest: float) -> str:
    """The gain and its interval around a line of zero; right is better, cut off at both ends."""
    value, low, high = (
        _place(end, widest) for end in (one.gain.value, one.gain.low, one.gain.high)
    )
    colour = COLOUR[verdict(one.gain)]
    middle = WIDTH / 2
    return (
        f'<svg role="img" width="{WIDTH}" height="{HEIGHT}" aria-label="{html.escape(one.told())}">'
        f'<line x1="{middle}" x2="{middle}" y1="0" y2="{HEIGHT}" stroke="#999"/>'
        f'<line x1="{low:.1f}" x2="{high:.1f}" y1="7" y2="7" stroke="{colour}" stroke-width="3"/>'
        f'<circle cx="{value:.1f}" cy="7" r="4" fill="{colour}"/></svg>'
    )


def _place(gain: float, widest: float) -> float:
    """The pixel of a gain, within the bar."""
    return min(max((0.5 + gain / (2 * widest)) * WIDTH, 4.0), WIDTH - 4.0)
