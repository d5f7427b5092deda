"""A plan on the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from practical_dl.inspection.description import duration_text
from practical_dl.job.console import print_table
from practical_dl.job.errors import counted
from practical_dl.planning.estimate import NOTHING, OTHER_MACHINE
from practical_dl.planning.planning import Plan, RulePlan

MOST_RULES = 25
BUSY = 1.5
"""From this on a machine is told to be busy with other work."""
UNMEASURED = "Nothing like it was measured here: the range is wide, and narrow after a first run."


def show_plan(console: Console, plan: Plan) -> None:
    """Print missing sources, the time and what it rests on, and the most expensive rules."""
    for key, path in plan.absent.items():
        text = f"warning: {key}: {path} does not exist; its jobs would fail"
        console.print(Text(text, style="bold red"), soft_wrap=True)
    if not plan.jobs:
        console.print("Nothing to do: everything is up to date.")
        return
    low, likely, high = map(duration_text, plan.wall)
    largest = max(rule.memory for rule in plan.rules)
    console.print(
        f"{counted(plan.jobs, 'job')}, about {likely} on {counted(plan.cores, 'core')} "
        f"(between {low} and {high})."
    )
    console.print(f"Rests on {basis_text(plan.rests_on)}.")
    if plan.rests_on.get(OTHER_MACHINE, 0) + plan.rests_on.get(NOTHING, 0) > 0.5:
        console.print(UNMEASURED)
    if plan.slower >= BUSY:
        console.print(
            f"The machine is busy: beside its other work, up to {plan.slower:.0f} times as long."
        )
    if largest:
        console.print(f"Memory: up to {largest / 1000:.1f} GB in one job.")
    print_table(console, _table(plan.rules[:MOST_RULES]))
    if len(plan.rules) > MOST_RULES:
        rest = sum(rule.seconds for rule in plan.rules[MOST_RULES:])
        console.print(
            f"and {len(plan.rules) - MOST_RULES} more rules, about {duration_text(rest)} together"
        )


def basis_text(rests_on: dict[str, float]) -> str:
    """What the time rests on, the larger share first."""
    return ", ".join(f"{basis} ({share:.0%})" for basis, share in rests_on.items() if share >= 0.01)


def _table(rules: Sequence[RulePlan]) -> Table:
    """The rules below the reason for which they run."""
    table = Table("rule", box=None, pad_edge=False, header_style="bold")
    for name in ("jobs", "time", "memory"):
        table.add_column(name, justify="right", no_wrap=True)
    for reasons in dict.fromkeys(rule.reasons for rule in rules):
        table.add_row(f"{', '.join(reasons)}:")
        for rule in rules:
            if rule.reasons == reasons:
                memory = f"{rule.memory / 1000:.1f} GB" if rule.memory else ""
                time = duration_text(rule.seconds)
                table.add_row(f"  {rule.rule}", str(rule.jobs), time, memory)
    return table
