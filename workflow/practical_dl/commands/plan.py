"""practical-dl plan: the jobs of a run, their time and memory, before it starts."""

import argparse
import os
from pathlib import Path

from practical_dl.commands import count

ABOUT = "Say which jobs a run would have, how long they take, and what memory they need."
EXAMPLES = """examples:
  practical-dl plan                                    the part of the demo that is not made yet
  practical-dl plan config/real.yaml --target movies --cores 4
  practical-dl plan --fresh                            as if nothing were made yet
"""
JSON = "one object"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("configs", nargs="*", type=Path, metavar="CONFIG", help="overlays")
    parser.add_argument(
        "--target", action="append", metavar="NAME", help="a target or file (default: all)"
    )
    parser.add_argument(
        "--cores",
        type=count,
        default=os.cpu_count() or 1,
        help="cores (default: all of this machine)",
    )
    parser.add_argument("--fresh", action="store_true", help="plan as if nothing were made yet")
    parser.add_argument(
        "--history", action="append", type=Path, metavar="FOLDER",
        help="a folder of the workflow with earlier runs, beside this one; may be repeated",
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> None:
    """Print the plan.

    Raises:
        UserError: Snakemake refuses the configuration or the target, or a folder is absent.
    """
    from dataclasses import asdict

    from practical_dl.job.console import new_console, print_json
    from practical_dl.job.errors import UserError
    from practical_dl.planning.dry_run import jobs_to_run
    from practical_dl.planning.planning import make_plan
    from practical_dl.planning.showing import show_plan
    from practical_dl.planning.sizes import merged_config

    folders = arguments.history or []
    absent = [folder for folder in folders if not folder.is_dir()]
    if absent:
        raise UserError(f"{absent[0]}: no such folder")
    targets = arguments.target or ["all"]
    jobs = jobs_to_run(arguments.configs, targets, arguments.cores, arguments.fresh)
    plan = make_plan(jobs, merged_config(arguments.configs), [Path(), *folders], arguments.cores)
    if arguments.json:
        print_json(asdict(plan))
    else:
        show_plan(new_console(), plan)
