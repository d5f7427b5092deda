"""The commands, one module each, and arguments that several of them share."""

import argparse
from pathlib import Path

from practical_dl.settings.results_lookup import RESULTS


def count(text: str) -> int:
    """A positive whole number, as an argument's type."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def add_results(parser: argparse.ArgumentParser) -> None:
    """The argument for the results folder of a run."""
    parser.add_argument(
        "--results",
        type=Path,
        default=RESULTS,
        metavar="FOLDER",
        help="results folder of a run (default: results)",
    )


def new_file(text: str) -> Path:
    """A file to write in an existing folder, as an argument's type."""
    path = Path(text)
    if not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"{path.parent}: no such folder; make it first")
    return path
