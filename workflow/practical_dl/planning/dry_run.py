"""The jobs that Snakemake would run: `python -m practical_dl.planning.dry_run FILE ARGUMENT...`.

Runs in its own process, because Snakemake changes global state when it loads a workflow. Its dry
run is started with the ARGUMENTs, and the log record of each job is written to FILE as JSON. A
filter of the logger sees every record; its handlers are replaced when Snakemake starts.
"""

import json
import logging
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from practical_dl.files.artefacts import read_yaml
from practical_dl.job.errors import UserError

NO_RULE = "No rule to produce"
FOR_DEVELOPERS = (
    " (if you use input functions make sure that they don't raise unexpected exceptions)."
)


@dataclass(frozen=True)
class Job:
    """One job to run, and the reason."""

    rule: str
    wildcards: dict[str, str]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    log: str
    threads: int
    reason: str


def jobs_to_run(
    configs: Sequence[Path], targets: Sequence[str], cores: int, fresh: bool
) -> list[Job]:
    """The jobs that `snakemake TARGETS --cores CORES` would run here; all of them with `fresh`.

    Raises:
        UserError: there is no workflow here, or Snakemake refuses, with its message.
    """
    if not Path("Snakefile").is_file():
        raise UserError("Snakefile: no such file; run this in the workflow's folder")
    for path in configs:
        read_yaml(path)
    arguments = [*targets, "--dry-run", "--cores", str(cores), "--nolock"]
    arguments += ["--forceall"] if fresh else []
    arguments += ["--configfile", *map(str, configs)] if configs else []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "jobs.json"
        command = [sys.executable, "-m", __name__, str(file), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or not file.is_file():
            raise UserError(_own_words(done.stdout + done.stderr))
        return [_job(record) for record in json.loads(file.read_text())]


def plain_name(rule: str) -> str:
    """The name of a rule without the number of its list of outputs (`alike` in common.smk)."""
    return re.sub(r"_\d+$", "", rule)


def _job(record: dict[str, Any]) -> Job:
    return Job(
        plain_name(record["rule_name"]),
        record["wildcards"],
        tuple(record["input"]),
        tuple(record["output"]),
        next(iter(record["log"]), ""),
        record["threads"],
        record["reason"],
    )


def _own_words(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = [line.removeprefix("error: ") for line in lines if line.startswith("error: ")]
    named = [
        following if line.endswith(":") else line
        for line, following in pairwise([*lines, ""])
        if "Exception" in line or "Error" in line
    ]
    words = (said or named[:1] or lines[-1:] or ["Snakemake gave no reason"])[0]
    hint = "; `make help` lists the targets" if words.startswith(NO_RULE) else ""
    return words.removesuffix(FOR_DEVELOPERS) + hint


def main(file: str, arguments: list[str]) -> None:
    from snakemake.cli import main as snakemake
    from snakemake.logging import logger

    heard: list[dict[str, Any]] = []

    def hear(record: logging.LogRecord) -> bool:
        if str(getattr(record, "event", "")).endswith("job_info"):
            heard.append(_plain(vars(record)))
        return True

    logger.addFilter(hear)
    try:
        snakemake(arguments)
    except SystemExit as stop:
        if not stop.code:
            Path(file).write_text(json.dumps(heard))
        raise


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    return {
        "rule_name": str(record["rule_name"]),
        "wildcards": {str(key): str(value) for key, value in record["wildcards"].items()},
        "threads": int(record["threads"]),
        "reason": str(record["reason"]),
        **{key: [str(path) for path in record[key] or ()] for key in ("input", "output", "log")},
    }


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
