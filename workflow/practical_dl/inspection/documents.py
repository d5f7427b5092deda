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
from practical_dl.inspection.description import Description, duration_text
from practical_dl.inspection.scores import describe_metrics
from practical_dl.job.errors import UserError, counted, named

MOST_KEYS = 20
MOST_CHARACTERS = 200
REPORT = "<title>Snakemake Report</title>"
FINDING = re.compile(r'<p class="finding">(.*?)</p>', re.DOTALL)


def describe_json(path: Path) -> Description:
    """Metrics, or any other JSON object of the workflow.

    Raises:
        UserError: it is no JSON object of this version.
    """
    content = read_json(path)
    if "scores" in content and "part" in content:
        return describe_metrics(path)
    return Description("settings or findings (JSON)", _keys(content))


def describe_yaml(path: Path) -> Description:
    """A configuration, or the levels that a sweep chose.

    Raises:
        UserError: it is no readable YAML mapping.
    """
    content = read_yaml(path)
    what = "configuration of a run" if "run" in content else "settings (YAML)"
    return Description(what, _keys(content))


def _keys(content: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): _short(value) for key, value in list(content.items())[:MOST_KEYS]}


def _short(value: object) -> str:
    if isinstance(value, Mapping | list) and not value:
        return "none"
    if isinstance(value, Mapping):
        return f"{counted(len(value), 'entry', 'entries')}: {named(value)}"
    text = f"{len(value)}: {named(value)}" if isinstance(value, list) else str(value)
    return textwrap.shorten(text, MOST_CHARACTERS, placeholder=" ...")


def describe_page(path: Path) -> Description:
    """A page, which must contain its pictures.

    Raises:
        UserError: it is absent, not text, or a report that was cut off.
    """
    text = _text(path)
    described = _describe_report(path, text) if REPORT in text else _describe_own_page(text)
    if "</html>" not in text[-200:].lower():
        described.wrong.append("it has no end: the file was cut off")
    return described


def _describe_report(path: Path, text: str) -> Description:
    """Snakemake's report, which keeps its text and the list of its results in scripts."""
    results = _script_value(path, text, "results", "results")
    opening = _script_value(path, text, "workflow-desc", "workflow_desc")
    finding = FINDING.search(opening)
    written = time.strftime("%Y-%m-%d %H:%M", time.localtime(path.stat().st_mtime))
    return Description(
        "report: the pages and pictures of a run in one file",
        {
            "results": f"{len(results):,} in it",
            "finding": html.unescape(finding[1]) if finding else "none",
            "made by": f"snakemake --report, {written}",
        },
    )


def _script_value(path: Path, text: str, script: str, name: str) -> Any:
    """The JSON value that a script of the report assigns to a variable."""
    start = f'<script id="{script}">\n    var {name} = '
    try:
        return json.JSONDecoder().raw_decode(text, text.index(start) + len(start))[0]
    except ValueError:
        raise UserError(f"{path}: a report without its {script}: the file was cut off") from None


def _describe_own_page(text: str) -> Description:
    described = Description("page")
    title = re.search(r"<title>(.*?)</title>", text)
    finding = FINDING.search(text)
    sources = re.findall(r'<img[^>]*?src="([^"]{0,80})', text)
    described.facts = {
        "title": html.unescape(title[1]) if title else "none",
        "finding": html.unescape(finding[1]) if finding else "none",
        "pictures": str(len(sources)),
    }
    outside = [source for source in sources if not source.startswith("data:")]
    if outside:
        described.wrong.append(f"pictures that it does not contain: {named(outside)}")
    if not finding:
        described.notes.append("not a page of this workflow: each of its own opens with a finding")
    return described


def describe_picture(path: Path) -> Description:
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
    return Description("picture", {"pixels": f"{width} x {height}, {mode}"})


def describe_workbook(path: Path) -> Description:
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
    return Description("spreadsheet with live formulas", {"sheets": named(workbook.sheetnames)})


def describe_benchmark(path: Path) -> Description:
    """The cost of a job, as Snakemake measured it.

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
    return Description("benchmark: the cost of a job", facts)


def describe_text(path: Path) -> Description:
    """A log or another text.

    Raises:
        UserError: it is absent or not UTF-8.
    """
    lines = _text(path).splitlines()
    described = Description(
        "text", {"lines": f"{len(lines):,}", "last": lines[-1][:200] if lines else ""}
    )
    errors = [line for line in lines if line.startswith("error: ")]
    described.notes += errors[:1]
    return described


def _text(path: Path) -> str:
    require_file(path)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: not UTF-8 text (byte {error.start})") from None
