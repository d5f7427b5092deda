"""Runs the script of one job for debugging: `python -m practical_dl.job.run_script FILE`.

FILE is any result of the job, made already or not; further arguments are configuration files, as
for `--configfile`. Call it in the workflow's folder, once the job's inputs are there. Snakemake
only says which job makes FILE and with which inputs, parameters and threads; the script then runs
in this process, its log on the terminal, so that `breakpoint()` works and so does
`python -m pdb -m practical_dl.job.run_script FILE`. It writes the job's results but no record of
Snakemake's, so delete FILE afterwards where a workflow run should make it anew.
"""

import io
import os
import runpy
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

TERMINAL = "/dev/stdout"


def find_job(file: str, configs: Sequence[Path] = ()) -> Any:
    """Snakemake's job that makes `file`.

    Raises:
        SystemExit: no rule makes it, or Snakemake refuses the workflow; in one line.
    """
    from snakemake.api import SnakemakeApi
    from snakemake.exceptions import RuleException, WorkflowError
    from snakemake.settings.enums import Quietness
    from snakemake.settings.types import (
        ConfigSettings,
        DAGSettings,
        OutputSettings,
        ResourceSettings,
    )

    with SnakemakeApi(OutputSettings(quiet={Quietness.ALL})) as api:
        workflow = api.workflow(
            ResourceSettings(cores=os.cpu_count()), ConfigSettings(configfiles=list(configs))
        )
        try:
            with redirect_stdout(io.StringIO()):  # where Snakemake prints the graph that it builds
                workflow.dag(DAGSettings(targets={file})).printrulegraph()
        except (RuleException, WorkflowError) as error:
            sys.exit(f"error: {' '.join(str(error).split())}")
        jobs = [job for job in workflow._workflow.dag.jobs if file in job.output]
    return jobs[0] if jobs else sys.exit(f"error: {file}: a target, not a file that a job makes")


def run_script(job: Any) -> None:
    """Run the script of a job that `find_job` found, with what Snakemake would hand it."""
    from snakemake.iocontainers import Log, Snakemake

    folder = Path(job.rule.basedir.get_path_or_uri(secret_free=True))
    script = (folder / job.rule.script).resolve()
    given = Snakemake(
        job.input, job.output, job.params, job.wildcards, job.threads, job.resources,
        Log([TERMINAL]), job.rule.workflow.config, job.rule.name, None, str(script.parent),
    )  # fmt: skip
    runpy.run_path(str(script), {"snakemake": given}, "__main__")


if __name__ == "__main__":
    run_script(find_job(sys.argv[1], [Path(path) for path in sys.argv[2:]]))
