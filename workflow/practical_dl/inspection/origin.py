"""Where an artefact comes from, as Snakemake's own records say: rule, inputs, settings, time.

Snakemake keeps a JSON record an output below `.snakemake/metadata`, named after the output's path
from the working folder in URL-safe base64, cut to the file system's longest name.
"""

import json
import os
import re
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RECORDS = Path(".snakemake/metadata")
CODE_HASH = re.compile(r"'[0-9a-f]{16}'")
BLOCK = re.MULTILINE | re.DOTALL
LONGEST_NAME = 255
UNKNOWN = "unknown: Snakemake keeps no record of it"


@dataclass(frozen=True)
class Origin:
    """The job that made a file: `settings` are its parameters' values, in no order of names."""

    rule: str
    inputs: tuple[str, ...]
    settings: tuple[str, ...]
    log: str
    started: float
    ended: float

    @property
    def seconds(self) -> float:
        return self.ended - self.started


def find_origin(path: Path) -> Origin | None:
    """The job that made the file at `path`, or None where there is no readable record."""
    found = _workplace(path.absolute())
    if found is None:
        return None
    folder, name = found
    try:
        return origin_of_record(json.loads(_record_path(folder, name).read_text()))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def origin_of_record(record: Mapping[str, Any]) -> Origin:
    """What one of Snakemake's records says.

    Raises:
        KeyError, TypeError: it is none of its.
    """
    settings = [text for text in record["params"] or () if not CODE_HASH.fullmatch(text)]
    return Origin(
        str(record["rule"]),
        tuple(record["input"] or ()),
        tuple(settings),
        next(iter(record["log"] or ()), ""),
        float(record["starttime"]),
        float(record["endtime"]),
    )


def origin_facts(path: Path, origin: Origin | None) -> dict[str, str]:
    """The origin in words, by name; peak memory from the benchmark file beside the log."""
    from practical_dl.inspection.telling import duration_text, named

    if origin is None:
        return {"made by": UNKNOWN}
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(origin.ended))
    names = setting_names(path, origin.rule)
    values = named(_shortened(text) for text in origin.settings) or "none"
    facts = {
        "made by": f"rule {origin.rule}, {when}, in {duration_text(origin.seconds)}",
        "from": named(origin.inputs) or "nothing",
        "settings": f"{values} (in no order: {', '.join(names)})" if names else values,
    }
    memory = peak_memory(path, origin)
    return facts | ({"peak memory": f"{memory:.0f} MB"} if memory else {})


def setting_names(path: Path, rule: str) -> list[str]:
    """Names of the rule's parameters, as its rules file has them; Snakemake keeps values alone."""
    found = _workplace(path.absolute())
    for file in sorted((found[0] / "rules").glob("*.smk")) if found else ():
        text = file.read_text(encoding="utf-8")
        body = re.search(
            rf"^(?:rule|use rule \w+ as) {re.escape(rule)}\b.*?(?=^\S|\Z)", text, BLOCK
        )
        listed = re.search(r"^    params:\n((?:^        .*\n)+)", body[0], re.M) if body else None
        if listed:
            names = re.findall(r"^        (\w+)=", listed[1], re.MULTILINE)
            return [name for name in names if name != "code"]
    return []


def peak_memory(path: Path, origin: Origin) -> float | None:
    """Megabytes of the job at its peak, from its benchmark file, if it has one."""
    found = _workplace(path.absolute())
    if found is None:
        return None
    name = origin.log.replace("results/logs/", "results/benchmarks/", 1)
    benchmark = found[0] / Path(name).with_suffix(".tsv")
    try:
        header, values = (line.split("\t") for line in benchmark.read_text().splitlines()[:2])
        return float(dict(zip(header, values, strict=True))["max_rss"])
    except (OSError, ValueError, KeyError):
        return None


def changed_inputs(path: Path, origin: Origin) -> list[str]:
    """Inputs that were written after the job read them."""
    found = _workplace(path.absolute())
    folder = found[0] if found else Path()
    late = []
    for name in origin.inputs:
        try:
            modified = (folder / name).lstat().st_mtime
        except OSError:
            continue
        if modified > origin.ended:
            late.append(name)
    return late


def _workplace(path: Path) -> tuple[Path, str] | None:
    """The nearest folder above with Snakemake's records, and the path from there."""
    for folder in path.parents:
        if (folder / RECORDS).is_dir():
            return folder, path.relative_to(folder).as_posix()
    return None


def _record_path(folder: Path, name: str) -> Path:
    longest = os.pathconf(folder, "PC_NAME_MAX") or LONGEST_NAME
    text = urlsafe_b64encode(name.encode()).decode()
    pieces = [text[start : start + longest - 1] for start in range(0, len(text), longest - 1)]
    return folder / RECORDS / Path(*(f"@{piece}" for piece in pieces[:-1]), pieces[-1])


def _shortened(text: str, longest: int = 120) -> str:
    return text if len(text) <= longest else f"{text[:longest]}..."
