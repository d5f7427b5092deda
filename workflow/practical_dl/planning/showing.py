"""A plan on the terminal, and for programs."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from practical_dl.inspection.description import duration_text, size_text
from practical_dl.job.console import print_table
from practical_dl.job.errors import counted
from practical_dl.planning.planning import Plan, Range, RulePlan

MOST_RULES = 25


def show_plan(console: Console, plan: Plan) -> None:
    """Print missing sources, the sum, the most expensive rules, and the basis of the estimates."""
    for key, path in plan.absent.items():
        text = f"warning: {key}: {path} does not exist; its jobs would fail"
        console.print(Text(text, style="bold red"), soft_wrap=True)
    if not plan.jobs:
        console.print("Nothing to do: everything is up to date.")
        return
    console.print(f"{counted(plan.jobs, 'job')} of {counted(len(plan.rules), 'rule')}:")
    console.print(f"  time    {_range_text(plan.wall)} on {counted(plan.cores, 'core')}")
    console.print(
        f"  memory  up to {plan.memory / 1000:.1f} GB at once, "
        f"{plan.largest_job / 1000:.1f} GB in the largest job"
    )
    console.print(f"  disk    about {size_text(plan.size)}")
    print_table(console, _table(plan.rules[:MOST_RULES]))
    if len(plan.rules) > MOST_RULES:
        rest = sum(rule.seconds[1] for rule in plan.rules[MOST_RULES:])
        console.print(
            f"and {len(plan.rules) - MOST_RULES} more rules, about {duration_text(rest)} together"
        )
    console.print("Based on:")
    for basis, count in plan.rests_on.items():
        console.print(f"  {counted(count, 'job')}: {basis}")
    if plan.speed is not None:
        console.print(f"  (this machine takes {plan.speed:.2f} times as long as that of the table)")


def _table(rules: Sequence[RulePlan]) -> Table:
    """The rules below the reason for which they run."""
    table = Table("rule", box=None, pad_edge=False, header_style="bold")
    for name in ("jobs", "least", "likely", "most", "memory"):
        table.add_column(name, justify="right", no_wrap=True)
    for reasons in dict.fromkeys(rule.reasons for rule in rules):
        table.add_row(f"{', '.join(reasons)}:")
        for rule in rules:
            if rule.reasons == reasons:
                times = map(duration_text, rule.seconds)
                table.add_row(
                    f"  {rule.rule}", str(rule.jobs), *times, f"{rule.memory / 1000:.1f} GB"
                )
    return table


def _range_text(seconds: Range) -> str:
    """Low to high, and the likely one."""
    low, likely, high = map(duration_text, seconds)
    return f"{low} to {high}, likely {likely}"


def as_json(plan: Plan) -> dict[str, Any]:
    """The plan for programs; seconds, megabytes and bytes."""
    return asdict(plan)
