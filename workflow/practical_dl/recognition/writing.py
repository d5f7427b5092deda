"""A finding as the lines of a config, and as what is said about it."""

import copy
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from practical_dl.files.names import is_writable
from practical_dl.job.errors import UserError
from practical_dl.recognition.backbones import NAME as BACKBONE
from practical_dl.recognition.backbones import backbone
from practical_dl.recognition.finding import Finding
from practical_dl.settings.configuration import complete
from practical_dl.sources.locations import data_root, require_no_wildcards

NAMES = re.compile(r"[a-z][a-z0-9_]*")
RUN = ("images", "movies", "reviews", "characters", "small")
WIDEST = 1 << 20


def config_of(finding: Finding, name: str) -> tuple[dict[str, Any], list[str]]:
    """The configuration of a data set that runs alone, and what is to be told of it."""
    definition: dict[str, Any] = {"source": dict(finding.source), **finding.sections}
    told = []
    if finding.pipeline == "images":
        settings, words = backbone(data_root({"data_root": None}))
        definition |= {"backbones": {BACKBONE: settings}, "head": {"backbone": BACKBONE}}
        told.append(words)
    run = {pipeline: [name] if pipeline == finding.pipeline else [] for pipeline in RUN}
    config = {"run": run, finding.pipeline: {name: definition}}
    _require_valid(config)
    return config, told


def _require_valid(config: dict[str, Any]) -> None:
    """Check the configuration as a run would, but for what it does not say.

    Raises:
        UserError: a path holds what Snakemake takes for a wildcard.
    """
    completed = copy.deepcopy(config)
    complete(completed)
    require_no_wildcards(completed)


def write_config(config: Mapping[str, Any]) -> str:
    """The configuration as YAML of few lines.

    Raises:
        UserError: a path or name holds characters that YAML would change.
    """
    run, (pipeline, sets) = config["run"], next(one for one in config.items() if one[0] != "run")
    ((name, definition),) = sets.items()
    lines = [f"run: {_flow(run)}", f"{pipeline}:", f"  {_flow(name)}:"]
    lines += [f"    {key}: {_flow(value)}" for key, value in definition.items()]
    if wrong := [line for line in lines if not is_writable(line)]:
        raise UserError(f"{wrong[0]!a}: a name with control characters or line ends; rename it")
    return "\n".join(lines) + "\n"


def name_of(path: Path) -> str:
    """A name for a data set by its path: letters, digits and underscores."""
    stem = path.absolute().name.lower().split(".")[0] if path.is_file() else path.resolve().name
    plain = re.sub(r"[^a-z0-9]+", "_", stem.lower()).strip("_")
    letters = re.sub(r"^[^a-z]+", "", plain)
    return letters or "own"


def check_name(name: str) -> str:
    """The name, where a data set can be called so.

    Raises:
        UserError: it cannot.
    """
    if not NAMES.fullmatch(name):
        raise UserError(
            f"--name {name!r}: small letters, digits and underscores, beginning with a letter"
        )
    return name


def _flow(value: Any) -> str:
    text = yaml.safe_dump(
        value, default_flow_style=True, width=WIDEST, sort_keys=False, allow_unicode=True
    )
    return text.removesuffix("\n").removesuffix("\n...")
