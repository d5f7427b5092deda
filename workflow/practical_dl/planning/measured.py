"""Costs of rules on the machine of the authors, for a first run elsewhere.

Made by `python -m practical_dl.planning.measured FOLDER...` from folders of finished runs: mean
seconds (wall time, and without other work beside it), megabytes at the peak and bytes written, by
rule and rows of the data set. Its first row is the machine: the seconds that `machine.measure`
takes there.
"""

import sys
from pathlib import Path

import pandas as pd

from practical_dl.files.artefacts import read_csv
from practical_dl.planning.history import Cost, read_costs

TABLE = Path(__file__).with_name("measured.csv")
COLUMNS = ["rule", "rows", "seconds", "undisturbed", "megabytes", "bytes"]
MACHINE = "(machine)"


def read_measured() -> tuple[list[Cost], float]:
    """The costs of the table, and the seconds that its machine takes for the fixed work."""
    table = read_csv(TABLE, COLUMNS, dict.fromkeys(COLUMNS[1:], "float64"))
    is_machine = table["rule"] == MACHINE
    columns = [table[~is_machine][name].tolist() for name in COLUMNS]
    costs = [
        Cost(rule, "", seconds, undisturbed, megabytes, size, int(rows) or None)
        for rule, rows, seconds, undisturbed, megabytes, size in zip(*columns, strict=True)
    ]
    return costs, float(table.loc[is_machine, "seconds"].iloc[0])


def summary(costs: list[Cost], machine_seconds: float) -> pd.DataFrame:
    """The table of these jobs."""
    frame = pd.DataFrame(
        {
            "rule": [cost.rule for cost in costs],
            "rows": [cost.rows or 0 for cost in costs],
            "seconds": [cost.seconds for cost in costs],
            "undisturbed": [cost.undisturbed for cost in costs],
            "megabytes": [cost.memory for cost in costs],
            "bytes": [cost.size for cost in costs],
        }
    )
    mean = {"seconds": "mean", "undisturbed": "mean", "megabytes": "max", "bytes": "mean"}
    table = frame.groupby(["rule", "rows"], as_index=False).agg(mean)
    machine = pd.DataFrame([[MACHINE, 0, machine_seconds, machine_seconds, 0, 0]], columns=COLUMNS)
    whole = pd.concat([machine, table], ignore_index=True)
    return whole.round({"seconds": 2, "undisturbed": 2, "megabytes": 0, "bytes": 0}).astype(
        {"megabytes": int, "bytes": int}
    )


if __name__ == "__main__":
    from practical_dl.planning.machine import measure

    earlier = read_costs([Path(name) for name in sys.argv[1:]])
    print(summary(earlier, measure()).to_csv(index=False, lineterminator="\n"), end="")
