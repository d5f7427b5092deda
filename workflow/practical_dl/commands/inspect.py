"""practical-dl inspect: any artefact in plain words, and its faults."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from practical_dl.commands import new_file

ABOUT = "Say what a result file is, which job made it from what, and what is wrong with it."
EXAMPLES = """examples:
  practical-dl inspect results/images/demo/manifest.csv
  practical-dl inspect results                              every result, one line each
  practical-dl inspect results/images/demo/sample/images.h5 --sheet sheet.png
"""
JSON = "one object per file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or a folder")
    parser.add_argument(
        "--sheet", type=new_file, metavar="PNG", help="write the pictures of one HDF5 file as a PNG"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print what each file is; 1 if any is damaged.

    Raises:
        UserError: a path does not exist, or there are no pictures for a contact sheet.
    """
    from practical_dl.inspection.inspecting import Inspection, inspect_file, inspect_folder
    from practical_dl.inspection.showing import as_json, show_file, show_line
    from practical_dl.job.console import new_console, print_json

    console = new_console()
    looked_at, damaged = 0, list[Inspection]()
    if arguments.sheet is not None:
        _check_sheet(arguments.paths, arguments.sheet)
    for path in arguments.paths:
        is_folder = path.is_dir()
        for found in inspect_folder(path) if is_folder else [inspect_file(path)]:
            if arguments.json:
                print_json(as_json(found))
            elif is_folder:
                show_line(console, found)
            else:
                show_file(console, found)
            looked_at += 1
            if found.damaged:
                damaged.append(found)
    if any(path.is_dir() for path in arguments.paths) and not arguments.json:
        console.print(
            f"{looked_at:,} files, {len(damaged):,} of them damaged; logs and benchmarks left out"
        )
        for found in damaged:
            show_line(console, found)
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
