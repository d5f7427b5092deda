"""What all rules share: the checked configuration, where sources lie, the hash of code.

REQUIRED INPUTS: the merged `config`
OUTPUTS: results/run_config.yaml
"""

import re
import sys
from pathlib import Path

import yaml

from practical_dl import configuration, locations
from practical_dl.code_hash import SCRIPTS, code_hash
from practical_dl.errors import UserError

try:
    configuration.complete(config)
except UserError as error:
    sys.exit(f"error: {error}")


def code(script):
    """Content of a script and of the modules that it needs, for `params: code=`."""
    return code_hash(SCRIPTS / script)


def one_of(names):
    """A wildcard constraint that only these names fulfil."""
    return "|".join(sorted(names)) or "(?!)"


def names_of_kind(pipeline, *kinds):
    """Names of the definitions whose source is of one of these kinds."""
    return [
        name
        for name, definition in config[pipeline].items()
        if locations.source_kind(definition)[0] in kinds
    ]


def each(pipeline, pattern, **wildcards):
    """The files of `pattern` for every data set that runs in a pipeline."""
    return expand(pattern, dataset=config["run"][pipeline], **wildcards)


SMALL = {
    name: [f"results/{name}/page.html", f"results/{name}/{name}.xlsx"]
    for name in ("optimizers", "convolution")
}


def small_files():
    """The page and the spreadsheet of each small pipeline that runs."""
    return [SMALL[name] for name in config["run"]["small"]]


def source_path(pipeline):
    """Parameter function: the source of a definition as a path."""
    return lambda wildcards: locations.source_path(config, pipeline, wildcards.dataset)


def source_if_present(pipeline):
    """Input function: the source, or nothing where it is absent (the job then says so)."""

    def find(wildcards):
        path = locations.source_path(config, pipeline, wildcards.dataset)
        return [path] if path.startswith("data/") or Path(path).exists() else []

    return find


wildcard_constraints:
    dataset=r"[a-z][a-z0-9_]*",
    backbone=r"[a-z][a-z0-9_]*",
    split="grouped|random",
    part="labelled|test",
    shard=r"\d+",


rule write_run_config:
    """The configuration as it was merged, with every default."""
    output:
        "results/run_config.yaml",
    log:
        "results/logs/write_run_config.log",
    conda:
        "../envs/base.yaml"
    params:
        code=code("write_run_config.py"),
        config=yaml.safe_dump(config, sort_keys=True),
    script:
        "../workflow/scripts/write_run_config.py"
