"""The jobs that Snakemake would run: `python -m practical_dl.planning.dry_run ORDER FILE`.

Runs in its own process, because Snakemake changes global state when it loads a workflow. Takes the
ORDER as JSON, and writes the jobs to FILE as JSON.
"""

import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from practical_dl.files.artefacts import read_yaml
from practical_dl.job.errors import UserError
from practical_dl.planning.jobs import Job, jobs_of

PROFILE = Path("profiles/default/profile.yaml")
NO_RULE = "No rule to produce"
FOR_DEVELOPERS = (
    " (if you use input functions make sure that they don't raise unexpected exceptions)."
)


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
    order = {"configs": [*map(str, configs)], "targets": [*targets], "cores": cores, "fresh": fresh}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "jobs.json"
        command = [sys.executable, "-m", __name__, json.dumps(order), str(file)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or not file.is_file():
            raise UserError(_own_words(done.stdout + done.stderr))
        return [_job(record) for record in json.loads(file.read_text())]


def _job(record: dict[str, Any]) -> Job:
    paths = {name: tuple(record[name]) for name in ("inputs", "outputs")}
    return Job(**{**record, **paths})


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


def _planned(order: Mapping[str, Any]) -> list[Job]:
    """The jobs of Snakemake's own graph, made as a run with the default profile makes it."""
    from snakemake.api import SnakemakeApi
    from snakemake.settings.enums import RerunTrigger
    from snakemake.settings.types import (
        ConfigSettings,
        DAGSettings,
        OutputSettings,
        ResourceSettings,
    )

    profile = yaml.safe_load(PROFILE.read_text(encoding="utf-8"))
    settings = DAGSettings(
        targets=set(order["targets"]),
        forceall=order["fresh"],
        force_incomplete=profile["rerun-incomplete"],
        rerun_triggers=RerunTrigger.parse_choices_set(profile["rerun-triggers"]),
    )
    configs = ConfigSettings(configfiles=[Path(path) for path in order["configs"]])
    with SnakemakeApi(OutputSettings()) as api:
        try:
            workflow = api.workflow(ResourceSettings(cores=order["cores"]), configs)
            with redirect_stdout(io.StringIO()):  # where Snakemake prints the graph it makes
                workflow.dag(settings).printrulegraph()
            return jobs_of(workflow._workflow.dag)
        except Exception as error:
            api.print_exception(error)
            sys.exit(1)


if __name__ == "__main__":
    found = [asdict(job) for job in _planned(json.loads(sys.argv[1]))]
    Path(sys.argv[2]).write_text(json.dumps(found, default=str))
