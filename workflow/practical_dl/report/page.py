"""Self-contained pages: one HTML file with a finding, sections, and its pictures inside."""

import base64
import html
import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from practical_dl.report.table_script import SCRIPT

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def page(title: str, finding: str, blocks: Sequence[str]) -> str:
    """A whole page: the title, the finding in a box, then `blocks` of HTML one below the other."""
    body = "\n".join(blocks)
    # Not in a <script>: the report keeps the front page inside one, which its end would end.
    script = f' onload="{html.escape(SCRIPT)}"' if "<table" in body else ""
    return _PAGE.format(title=html.escape(title), finding=_text(finding), body=body, script=script)


def heading(text: str) -> str:
    return f"<h2>{html.escape(text)}</h2>"


def paragraph(text: str) -> str:
    return f"<p>{_text(text)}</p>"


def verbatim(text: str) -> str:
    """Text as it is, line by line."""
    return f"<pre>{html.escape(text)}</pre>"


def picture(figure: "Figure", caption: str) -> str:
    """A figure as a PNG inside the page, with a caption that is also its alternative text.

    The page also has its width in inches: on a phone the letters of all figures have one size, and
    a wide figure scrolls.
    """
    from practical_dl.report.lettering import letter_as_written
    from practical_dl.report.plotting import DOTS_PER_INCH

    letter_as_written(figure)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=DOTS_PER_INCH)
    data = base64.b64encode(buffer.getvalue()).decode()
    text = html.escape(caption)
    return (
        f'<figure><div class="picture" style="--inches: {figure.get_figwidth():g}">'
        f'<img alt="{text}" src="data:image/png;base64,{data}"></div>'
        f"<figcaption>{text}</figcaption></figure>"
    )


def table(frame: pd.DataFrame) -> str:
    """A table of texts and numbers, as they are; no line breaks inside an interval."""
    return _INTERVAL.sub(_unbroken, frame.to_html(index=False, border=0))


def _text(text: str) -> str:
    """Escaped, and without line breaks inside an interval."""
    return _INTERVAL.sub(_unbroken, html.escape(text))


def _unbroken(found: re.Match[str]) -> str:
    return found[0].replace(" ", "&nbsp;")


_INTERVAL = re.compile(r"(95 % )?[-+]?\d[\d.,]* (to [-+]?\d|%|points)")

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 1.5rem auto; max-width: 100rem;
        padding: 0 1rem; color: #1a1a1a; }}
h1, h2, h3, p, pre, figcaption {{ max-width: 70rem; }}
h1 {{ font-size: 1.6rem; }}
h2 {{ font-size: 1.2rem; margin: 2rem 0 0.5rem; }}
.finding {{ border-left: 5px solid #0072B2; background: #eef5fa; padding: 0.7rem 1rem;
            box-sizing: border-box; }}
figure {{ margin: 1rem 0; }}
img {{ max-width: min(100%, 70rem); height: auto; }}
pre {{ white-space: pre-wrap; background: #f6f6f6; padding: 0.5rem 1rem; }}
figcaption {{ color: #444; }}
table {{ border-collapse: separate; border-spacing: 0; display: block; overflow-x: auto;
         width: fit-content; max-width: 100%; font-size: 0.92em;
         background: linear-gradient(to right, white 1rem, transparent) 0 / 3rem 100% local,
                     linear-gradient(to left, white 1rem, transparent) 100% / 3rem 100% local,
                     linear-gradient(to right, #0004, transparent) 0 / 1rem 100% scroll,
                     linear-gradient(to left, #0004, transparent) 100% / 1rem 100% scroll;
         background-repeat: no-repeat; }}  /* a shadow where a wide table goes on */
th, td {{ padding: 0.3rem 0.6rem; text-align: left; border-bottom: 1px solid #ddd; }}
td {{ font-variant-numeric: tabular-nums; }}
th[tabindex] {{ cursor: pointer; }}
th[tabindex]:hover, th[tabindex]:focus {{ text-decoration: underline; }}
th[aria-sort]::after {{ content: " \25B2"; }}
th[aria-sort=descending]::after {{ content: " \25BC"; }}
.filter {{ margin: 0.3rem 0; }}
.filter input {{ font: inherit; padding: 0.2rem 0.5rem; width: min(20rem, 100%); }}
th:first-child, td:first-child {{ min-width: 8rem; max-width: 30rem; position: sticky; left: 0;
                                  background: white; }}
@media (max-width: 40rem) {{
  body {{ font-size: 15px; margin: 0.5rem auto; padding: 0 0.6rem; }}
  h1 {{ font-size: 1.3rem; }}
  th, td {{ padding: 0.25rem 0.4rem; min-width: 5rem; }}
  th:first-child, td:first-child {{ min-width: 5rem; max-width: 8rem; overflow-wrap: break-word; }}
  .picture {{ --fade: clamp(0px, 4.5rem * var(--inches) + 1.2rem - 100vw, 1.5rem); overflow-x: auto;
              mask-image: linear-gradient(to left, transparent, black var(--fade)); }}
  .picture img {{ max-width: calc(4.5rem * var(--inches)); margin-right: var(--fade); }}
}}
@media print {{
  .filter {{ display: none; }}
  body {{ font-size: 10pt; max-width: none; margin: 0; }}
  table {{ display: table; background: none; font-size: 8pt; }}
  thead {{ display: table-header-group; }}
  tr, figure, .finding {{ break-inside: avoid; }}
  h1, h2 {{ break-after: avoid; }}
  .finding, pre {{ background: none; }}
}}
</style>
</head>
<body{script}>
<h1>{title}</h1>
<p class="finding">{finding}</p>
{body}
</body>
</html>
"""
