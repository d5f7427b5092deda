"""Costs of rules on the machine of the authors, for a first run elsewhere.

Made by `python -m practical_dl.planning.measured FOLDER...` from folders of finished runs: mean
seconds with no other work beside it and megabytes at the peak, by rule, size of the data set and
work by the settings.
"""

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from practical_dl.planning.history import Cost, read_costs

TABLE = Path(__file__).with_name("measured.csv")
COLUMNS = ("rule", "size", "work", "seconds", "megabytes")


def read_measured() -> list[Cost]:
    """The costs of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [_cost(row) for row in csv.DictReader(file)]


def _cost(row: dict[str, str]) -> Cost:
    seconds, memory = float(row["seconds"]), float(row["megabytes"])
    return Cost(row["rule"], "", seconds, memory, int(row["size"]) or None, float(row["work"]))


def summary(costs: Sequence[Cost]) -> list[tuple[str, int, float, float, int]]:
    """The rows of the table of these jobs."""
    alike: dict[tuple[str, int, float], list[Cost]] = {}
    for cost in costs:
        alike.setdefault((cost.rule, cost.size or 0, round(cost.work, 4)), []).append(cost)
    return [
        (
            *key,
            round(mean(one.seconds for one in found), 2),
            round(max(one.memory for one in found)),
        )
        for key, found in sorted(alike.items())
    ]


if __name__ == "__main__":
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(summary(read_costs([Path(name) for name in sys.argv[1:]])))
