"""practical-dl inspect: any artefact in plain words, and its faults."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from practical_dl.commands import new_file

ABOUT = "Say what a result file is, which job made it from what, and what is wrong with it."
EXAMPLES = """examples:
  practical-dl inspect results/images/demo/manifest.csv
  practical-dl inspect results                              a summary, and what is wrong
  practical-dl inspect results --all                        every result, one line each
  practical-dl inspect results/images/demo/sample/images.h5 --sheet sheet.png
"""
JSON = "one object per file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or a folder")
    parser.add_argument(
        "--all", action="store_true", help="of a folder a line for each file, not a summary"
    )
    parser.add_argument(
        "--sheet", type=new_file, metavar="PNG", help="write the pictures of one HDF5 file as a PNG"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print what each file is; 1 if any is damaged.

    Raises:
        UserError: a path does not exist, or there are no pictures for a contact sheet.
    """
    from practical_dl.inspection.inspecting import Inspection, inspect_file, inspect_folder
    from practical_dl.inspection.showing import as_json, show_file, show_line, show_summary
    from practical_dl.job.console import new_console, print_json

    console = new_console()
    damaged = list[Inspection]()
    if arguments.sheet is not None:
        _check_sheet(arguments.paths, arguments.sheet)
    for path in arguments.paths:
        looked_at = list[Inspection]()
        for found in inspect_folder(path) if path.is_dir() else [inspect_file(path)]:
            if arguments.json:
                print_json(as_json(found))
            elif not path.is_dir():
                show_file(console, found)
            elif arguments.all or found.damaged or found.described.notes:
                show_line(console, found)
            looked_at.append(found)
        if path.is_dir() and not arguments.json:
            show_summary(console, path, looked_at)
        damaged += [found for found in looked_at if found.damaged]
    if arguments.sheet is not None:
        from practical_dl.inspection.pictures import write_contact_sheet

        write_contact_sheet(arguments.paths[0], arguments.sheet)
        if not arguments.json:
            console.print(f"pictures: {arguments.sheet}")
    return 1 if damaged else 0


def _check_sheet(paths: Sequence[Path], sheet: Path) -> None:
    from practical_dl.job.errors import UserError

    if len(paths) != 1 or paths[0].is_dir():
        raise UserError("--sheet: give one file to look into")
    if sheet.suffix != ".png":
        raise UserError(f"--sheet {sheet}: its name must end in .png")
