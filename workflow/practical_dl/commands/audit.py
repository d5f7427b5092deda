"""practical-dl audit: what the audit of an image set has found."""

import argparse
from pathlib import Path

ABOUT = "Say what the audit of an image set has found: copies, groups, wrong labels, outliers."
EXAMPLES = """examples:
  snakemake audit --cores 2            writes the audit of the image sets that run
  practical-dl audit demo              what it has found
  practical-dl audit demo --json
"""
JSON = "one object"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dataset", help="the name of an image set in the configuration")


def run(arguments: argparse.Namespace) -> None:
    """Print the summary.

    Raises:
        UserError: there is no audit of this name; says which command makes it.
    """
    from practical_dl.files.artefacts import read_json
    from practical_dl.images import paths
    from practical_dl.images.audit.summary import KEYS, told
    from practical_dl.job.console import new_console, print_json
    from practical_dl.job.errors import UserError

    folder = Path(paths.AUDIT.format(dataset=arguments.dataset))
    path = folder / "summary.json"
    if not path.is_file():
        made = sorted(each.parts[-3] for each in Path().glob("results/images/*/audit/summary.json"))
        raise UserError(
            f"{path} is not there: `snakemake audit --cores 2` makes the audit of the image sets "
            "that run, with --configfile of your own"
            + (f"; audited so far: {', '.join(made)}" if made else "")
        )
    counts = read_json(path, KEYS)
    if arguments.json:
        print_json(counts)
        return
    console = new_console()
    for line in told(counts):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    page = f"{paths.PAGES.format(dataset=arguments.dataset)}/audit.html"
    console.print(f"pictures: {page}", markup=False, highlight=False, soft_wrap=True)
    console.print(f"tables: {folder}/*.csv", markup=False, highlight=False, soft_wrap=True)
