"""practical-dl watch: how far a run is, seen from a second terminal."""

import argparse
import time
from pathlib import Path

ABOUT = "Show how far a run is, until it ends: from a second terminal, or on a cluster."
EXAMPLES = """examples:
  practical-dl watch                     the run in this folder
  practical-dl watch /scratch/me/pets    one of a workflow elsewhere
"""
JSON = "one object: how far the run is now"
LOOKED_SECONDS = 2.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path(), metavar="FOLDER",
        help="the workflow's folder (default: this one)",
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> None:
    """Show the line of the run in a folder until the run ends.

    Raises:
        UserError: the folder is absent, or no workflow's.
    """
    import sys
    from dataclasses import asdict

    from practical_dl.job.console import print_json
    from practical_dl.job.errors import UserError
    from practical_dl.planning.displays import display_on
    from practical_dl.planning.state import read_state

    folder: Path = arguments.folder
    if not (folder / "Snakefile").is_file():
        raise UserError(f"{folder}: no Snakefile in it; give the workflow's folder")
    state = read_state(folder)
    if arguments.json:
        print_json(asdict(state) if state else {})
        return
    if state is None:
        print("Nothing runs here, and nothing has yet.")
        return
    display = display_on(sys.stdout)
    try:
        while state.is_alive():
            display.show(state.line, state.done / max(state.jobs, 1))
            time.sleep(LOOKED_SECONDS)
            state = read_state(folder) or state
    finally:
        display.close()
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(state.at))
    how = "ended" if state.ended else "was last heard of, and seems to be killed,"
    print(f"Nothing runs here now; the last run {how} at {when}: {state.line}")
