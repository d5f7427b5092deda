"""practical-dl new: the few lines of configuration for somebody's own data."""

import argparse
from pathlib import Path

ABOUT = (
    "Look at a folder, an archive or a table of your own, and print the configuration to run it "
    "with; what was taken for what goes to standard error."
)
EXAMPLES = """examples:
  practical-dl new pictures/ --name pets > pets.yaml
  practical-dl new train.csv --name leaves --label species > leaves.yaml
  practical-dl new ratings.csv.gz --as movies > books.yaml
"""
JSON = "one object: name, pipeline, config, taken, unsure"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help="a folder, an archive or a table")
    parser.add_argument("--name", help="name of the data set (default: from the path)")
    parser.add_argument(
        "--as",
        dest="pipeline",
        choices=("images", "movies", "reviews"),
        help="the pipeline, where several fit",
    )
    parser.add_argument(
        "--label",
        metavar="NAME",
        help="the column of the classes; of folders in folders the first or the last",
    )


def run(arguments: argparse.Namespace) -> None:
    """Print the configuration.

    Raises:
        UserError: nothing fits, or several pipelines do.
    """
    import sys

    from practical_dl.job.console import print_json
    from practical_dl.recognition.recognising import recognise
    from practical_dl.recognition.writing import check_name, config_of, name_of, write_config

    name = check_name(arguments.name) if arguments.name is not None else name_of(arguments.path)
    finding = recognise(arguments.path, arguments.pipeline, arguments.label)
    config, told = config_of(finding, name)
    taken = [*finding.taken, *told]
    if arguments.json:
        print_json(
            {
                "name": name,
                "pipeline": finding.pipeline,
                "config": config,
                "taken": taken,
                "unsure": finding.unsure,
            }
        )
        return
    for line in [*taken, *(f"unsure: {line}" for line in finding.unsure)]:
        print(line, file=sys.stderr)
    print(write_config(config), end="")
