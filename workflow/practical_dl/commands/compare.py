"""practical-dl compare: two results folders side by side."""

import argparse
from pathlib import Path

from practical_dl.commands import new_file

ABOUT = "Compare two results folders: scores pair by pair, settings that differ, times."
EXAMPLES = """examples:
  practical-dl compare old/results results
  practical-dl compare before results --html changes.html
"""
JSON = "one object"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", type=Path, metavar="OLD", help="a results folder")
    parser.add_argument("new", type=Path, metavar="NEW", help="another results folder")
    parser.add_argument("--html", type=new_file, metavar="FILE", help="also write it as a page")


def run(arguments: argparse.Namespace) -> None:
    """Print the comparison.

    Raises:
        UserError: a folder is absent, or holds no scores.
    """
    from practical_dl.files.artefacts import write_text
    from practical_dl.job.console import new_console, print_json
    from practical_dl.job.errors import UserError
    from practical_dl.run_comparison.scores import compare_scores
    from practical_dl.run_comparison.settings import changed_settings, read_settings
    from practical_dl.run_comparison.showing import as_json, as_page, show
    from practical_dl.run_comparison.times import compare_times

    old, new = arguments.old, arguments.new
    for folder in (old, new):
        if not folder.is_dir():
            said = "a file" if folder.is_file() else "no such folder"
            raise UserError(f"{folder}: {said}; give the results folder of a run")
    if old.samefile(new):
        raise UserError(f"{old} and {new} are the same folder; copy one before a change")
    scores = compare_scores(old, new)
    sides = read_settings(old), read_settings(new)
    known = sides[0] is not None and sides[1] is not None
    settings = changed_settings(sides[0] or {}, sides[1] or {}) if known else None
    times = compare_times(old, new)
    if arguments.html is not None:
        write_text(arguments.html, as_page(old, new, scores, settings, times))
    if arguments.json:
        print_json(as_json(scores, settings, times))
    else:
        show(new_console(), scores, settings, times)
