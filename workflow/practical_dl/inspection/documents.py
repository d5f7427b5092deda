"""JSON, YAML, pages, pictures, spreadsheets and benchmark files in words."""

import html
import json
import re
import textwrap
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
from PIL import Image

from practical_dl.files.artefacts import read_json, read_yaml, require_file
from practical_dl.inspection.scores import tell_metrics
from practical_dl.inspection.telling import Telling, counted, duration_text, named
from practical_dl.job.errors import UserError

MOST_KEYS = 20
MOST_CHARACTERS = 200
REPORT = "<title>Snakemake Report</title>"
FINDING = re.compile(r'<p class="finding">(.*?)</p>', re.DOTALL)


def tell_json(path: Path) -> Telling:
    """Metrics, or any other JSON object of the workflow.

    Raises:
        UserError: it is no JSON object of this version.
    """
    content = read_json(path)
    if "scores" in content and "part" in content:
        return tell_metrics(path)
    return Telling("settings or findings (JSON)", _keys(content))


def tell_yaml(path: Path) -> Telling:
    """A configuration, or the levels that a sweep chose.

    Raises:
        UserError: it is no readable YAML mapping.
    """
    content = read_yaml(path)
    what = "configuration of a run" if "run" in content else "settings (YAML)"
    return Telling(what, _keys(content))


def _keys(content: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): _short(value) for key, value in list(content.items())[:MOST_KEYS]}


def _short(value: object) -> str:
    if isinstance(value, Mapping | list) and not value:
        return "none"
    if isinstance(value, Mapping):
        return f"{counted(len(value), 'entry', 'entries')}: {named(value)}"
    text = f"{len(value)}: {named(value)}" if isinstance(value, list) else str(value)
    return textwrap.shorten(text, MOST_CHARACTERS, placeholder=" ...")


def tell_page(path: Path) -> Telling:
    """A page that is to stand alone.

    Raises:
        UserError: it is absent, not text, or has no end.
    """
    text = _text(path)
    told = _tell_report(path, text) if REPORT in text else _tell_own_page(text)
    if "</html>" not in text[-200:].lower():
        told.wrong.append("it has no end: the file was cut off")
    return told


def _tell_report(path: Path, text: str) -> Telling:
    """Snakemake's report, which keeps its text and the list of its results in scripts."""
    results = _script_value(path, text, "results", "results")
    opening = _script_value(path, text, "workflow-desc", "workflow_desc")
    finding = FINDING.search(opening)
    written = time.strftime("%Y-%m-%d %H:%M", time.localtime(path.stat().st_mtime))
    return Telling(
        "report: the pages and pictures of a run in one file",
        {
            "results": f"{len(results):,} in it",
            "finding": html.unescape(finding[1]) if finding else "none",
            "made by": f"snakemake --report, {written}",
        },
    )


def _script_value(path: Path, text: str, script: str, name: str) -> Any:
    """What a script of the report assigns to a variable, as JSON."""
    start = f'<script id="{script}">\n    var {name} = '
    try:
        return json.JSONDecoder().raw_decode(text, text.index(start) + len(start))[0]
    except ValueError:
        raise UserError(f"{path}: a report without its {script}: the file was cut off") from None


def _tell_own_page(text: str) -> Telling:
    told = Telling("page")
    title = re.search(r"<title>(.*?)</title>", text)
    finding = FINDING.search(text)
    sources = re.findall(r'<img[^>]*?src="([^"]{0,80})', text)
    told.facts = {
        "title": html.unescape(title[1]) if title else "none",
        "finding": html.unescape(finding[1]) if finding else "none",
        "pictures": str(len(sources)),
    }
    outside = [source for source in sources if not source.startswith("data:")]
    if outside:
        told.wrong.append(f"pictures that are not in it: {named(outside)}")
    if not finding:
        told.notes.append("not a page of this workflow: each of its own opens with a finding")
    return told


def tell_picture(path: Path) -> Telling:
    """A PNG or JPEG.

    Raises:
        UserError: it is absent or damaged.
    """
    require_file(path)
    try:
        with Image.open(path) as picture:
            picture.load()
            width, height, mode = *picture.size, picture.mode
    except (OSError, ValueError, SyntaxError) as error:
        raise UserError(f"{path}: a damaged picture ({error})") from None
    return Telling("picture", {"pixels": f"{width} x {height}, {mode}"})


def tell_workbook(path: Path) -> Telling:
    """A spreadsheet.

    Raises:
        UserError: it is absent or damaged.
    """
    import openpyxl

    require_file(path)
    try:
        workbook = openpyxl.load_workbook(path, read_only=True)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise UserError(f"{path}: a damaged spreadsheet ({error})") from None
    return Telling("spreadsheet with live formulas", {"sheets": named(workbook.sheetnames)})


def tell_benchmark(path: Path) -> Telling:
    """What a job cost, as Snakemake measured it.

    Raises:
        UserError: it is absent or damaged.
    """
    require_file(path)
    try:
        row = pd.read_csv(path, sep="\t").iloc[0]
        facts = {
            "time": duration_text(float(row["s"])),
            "processor time": duration_text(float(row["cpu_time"])),
            "peak memory": f"{float(row['max_rss']):.0f} MB",
        }
    except (ValueError, KeyError, IndexError, pd.errors.ParserError) as error:
        raise UserError(f"{path}: not a benchmark file ({error})") from None
    return Telling("benchmark: what a job cost", facts)


def tell_text(path: Path) -> Telling:
    """A log or another text.

    Raises:
        UserError: it is absent or not UTF-8.
    """
    lines = _text(path).splitlines()
    told = Telling("text", {"lines": f"{len(lines):,}", "last": lines[-1][:200] if lines else ""})
    errors = [line for line in lines if line.startswith("error: ")]
    told.notes += errors[:1]
    return told


def _text(path: Path) -> str:
    require_file(path)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: not UTF-8 text (byte {error.start})") from None
