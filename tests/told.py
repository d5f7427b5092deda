"""What a page of the report tells: its first sentence against its own tables."""

import html
import re

from practical_dl.report.wording import BETTER, NOISE, WORSE

FINDING = re.compile(r'<p class="finding">(.*?)</p>', re.DOTALL)
CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)
GAIN = re.compile(
    rf"(?:{BETTER} by|{WORSE} by|{NOISE}:) (?:less than [\d.]+(?: points)?|[^();]*\([^)]*\))"
)


def plain(text: str) -> str:
    """HTML as it is read."""
    return html.unescape(re.sub(r"<[^>]+>", "", text)).replace("\xa0", " ")


def finding_of(page: str) -> str:
    """The first sentence of a page."""
    [found] = FINDING.findall(page)
    return plain(found)


def cells_of(page: str) -> set[str]:
    """The cells of all tables of a page."""
    return {plain(cell) for cell in CELL.findall(page)}


def untold(page: str) -> list[str]:
    """The gains in a page's first sentence that none of its tables has in these very words."""
    return [gain for gain in GAIN.findall(finding_of(page)) if gain not in cells_of(page)]
