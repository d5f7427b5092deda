"""What rules use at most, from the benchmark files of runs, and whether they declare as much.

    python -m tests.bench.resources FOLDER...

reads results/benchmarks below each folder, keeps the largest figure of every rule beside what
docs/measured_resources.csv holds already, and ends with one line for each rule that understates.
"""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
from snakemake.api import SnakemakeApi
from snakemake.settings.types import ConfigSettings, OutputSettings, Quietness, ResourceSettings

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs/measured_resources.csv"
COLUMNS = ["rule", "mem_mb", "seconds", "cpu_seconds"]
AROUND_MB = 200  # the Snakemake process that stands around a script in a cluster's job


def rules_of(*configs: str) -> dict[str, Any]:
    """The rules of the workflow by name, read with these configuration files."""
    settings = ConfigSettings(configfiles=[ROOT / config for config in configs])
    quiet = OutputSettings(quiet={Quietness.ALL})
    with SnakemakeApi(quiet) as api:
        workflow = api.workflow(
            resource_settings=ResourceSettings(cores=1),
            config_settings=settings,
            snakefile=ROOT / "Snakefile",
        )
        return {rule.name: rule for rule in workflow._workflow.rules}


def benchmarks_below(folder: Path, rules: Mapping[str, Any]) -> pd.DataFrame:
    """The largest figures of each rule in the benchmark files of a run: COLUMNS."""
    patterns = {name: rule.benchmark.regex() for name, rule in rules.items() if rule.benchmark}
    rows = []
    for path in sorted(folder.glob("results/benchmarks/**/*.tsv")):
        relative = str(path.relative_to(folder))
        names = [name for name, pattern in patterns.items() if pattern.match(relative)]
        if len(names) == 1:
            row = pd.read_csv(path, sep="\t", na_values="NA").iloc[-1]
            rows.append([names[0], row["max_rss"], row["s"], row["cpu_time"]])
    return largest(pd.DataFrame(rows, columns=COLUMNS))


def largest(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a rule, with the largest value of every figure, rounded up to whole units."""
    return (-(-rows.groupby("rule").max().fillna(0) // 1)).astype(int).reset_index()


def declared_mb(rule: Any, attempt: int) -> int | None:
    """Memory that a rule asks for at an attempt, or None where it declares none."""
    if "mem_mb" not in rule.resources:
        return None
    wildcards = SimpleNamespace(dataset="demo")
    return int(rule.resources["mem_mb"].evaluate(wildcards, attempt=attempt).value)


def understated(declared: Mapping[str, int | None], measured: pd.DataFrame) -> list[str]:
    """A line for each measured rule that asks for less than it used and its surroundings need."""
    lines = []
    for rule, used in measured.set_index("rule")["mem_mb"].items():
        asked, needed = declared.get(str(rule)), int(used) + AROUND_MB
        if asked is not None and asked < needed:
            lines.append(f"{rule}: declares {asked} MB, needs {needed} MB")
    return lines


def main(folders: Iterable[str]) -> None:
    rules = rules_of("config/real.yaml")
    tables = [benchmarks_below(Path(folder), rules) for folder in folders]
    known = [pd.read_csv(TABLE)] if TABLE.exists() else []
    table = largest(pd.concat([*known, *tables]))
    table.to_csv(TABLE, index=False)
    declared = {name: declared_mb(rule, 1) for name, rule in rules.items()}
    if lines := understated(declared, table):
        sys.exit("\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1:])
