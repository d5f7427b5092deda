"""Self-contained pages: one HTML file with a finding, sections, and its pictures inside."""

import base64
import html
import inspect
import re
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from practical_dl.files.artefacts import write_text
from practical_dl.report.page_style import STYLE
from practical_dl.report.table_script import SCRIPT
from practical_dl.report.wording import BETTER, WORSE

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def page(title: str, finding: str, blocks: Sequence[str]) -> str:
    """A whole page: the title, the finding in a box, then `blocks` of HTML one below the other."""
    body = "\n".join(blocks)
    # Not in a <script>: the report keeps the front page inside one, which its end would end.
    script = f' onload="{html.escape(SCRIPT)}"' if "<table" in body else ""
    return _PAGE.format(
        title=html.escape(title), finding=_text(finding), body=body, script=script, style=STYLE
    )


def heading(text: str) -> str:
    return f"<h2>{html.escape(text)}</h2>"


def paragraph(text: str) -> str:
    return f"<p>{_text(text)}</p>"


def fine_print(*texts: str) -> str:
    """What one needs to judge the numbers, folded away below them: empty texts are left out."""
    return folded("How this was measured", *(paragraph(text) for text in texts if text))


def code_of(function: Callable[..., object]) -> str:
    """The source of the function that made a page's numbers, folded away, with its file."""
    source = textwrap.dedent(inspect.getsource(function))
    place = function.__module__.replace(".", "/")
    return folded(f"The code: {function.__name__} in {place}.py", verbatim(source))


def folded(summary: str, *blocks: str) -> str:
    """Blocks of HTML that open with a click on their summary."""
    body = "\n".join(blocks)
    return f"<details><summary>{html.escape(summary)}</summary>\n{body}\n</details>"


def write_page(path: str | Path, content: str) -> None:
    """Write a page, with the command that makes it anew."""
    command = f"snakemake --force {path}"
    made = folded("Make this page anew", verbatim(command))
    write_text(path, content.replace("</body>", f"{made}\n</body>"))


def verbatim(text: str) -> str:
    """Text as it is, line by line."""
    return f"<pre>{html.escape(text)}</pre>"


def picture(figure: "Figure", caption: str) -> str:
    """A figure as a PNG inside the page, with a caption that is also its alternative text.

    The page also has its width in inches: on a phone the letters of all figures have one size, and
    a wide figure scrolls.
    """
    from practical_dl.report.plotting import png_of

    return _figure(figure, caption, "png", png_of(figure))


def photographs(figure: "Figure", caption: str) -> str:
    """The same for a figure of photographs, which stand in the page as a JPEG."""
    from practical_dl.report.plotting import jpeg_of

    return _figure(figure, caption, "jpeg", jpeg_of(figure))


def data_uri(kind: str, content: bytes) -> str:
    """A picture of this kind (png, jpeg) as an address that holds it."""
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def _figure(figure: "Figure", caption: str, kind: str, content: bytes) -> str:
    text = html.escape(caption)
    return (
        f'<figure><div class="picture" style="--inches: {figure.get_figwidth():g}">'
        f'<img alt="{text}" src="{data_uri(kind, content)}"></div>'
        f"<figcaption>{text}</figcaption></figure>"
    )


def table(frame: pd.DataFrame) -> str:
    """A table of texts and numbers, as they are; no line breaks inside an interval.

    Cells that begin with a verdict have its colour.
    """
    shown = _INTERVAL.sub(_unbroken, frame.to_html(index=False, border=0))
    return _VERDICT.sub(r'<td class="\1">\1', shown)


def _text(text: str) -> str:
    """Escaped, and without line breaks inside an interval."""
    return _INTERVAL.sub(_unbroken, html.escape(text))


def _unbroken(found: re.Match[str]) -> str:
    return found[0].replace(" ", "&nbsp;")


_INTERVAL = re.compile(r"(95 % )?[-+]?\d[\d.,]* (to [-+]?\d|%|points)")
_VERDICT = re.compile(f"<td>({BETTER}|{WORSE})")

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body{script}>
<h1>{title}</h1>
<p class="finding">{finding}</p>
{body}
</body>
</html>
"""
