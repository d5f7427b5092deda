"""practical-dl predict: the class of photos, by the classifier that the workflow exported."""

import argparse
import math
import os
import sys
from typing import TYPE_CHECKING

from practical_dl.commands import add_results, new_file
from practical_dl.job.errors import UserError

if TYPE_CHECKING:
    import pandas as pd

ABOUT = "Predict the class of photos with the classifier of an image set."
EXAMPLES = """examples:
  practical-dl predict demo photo.jpg another.jpg
  practical-dl predict demo photos/ --csv probabilities.csv
"""
JSON = "one object per photo"
SHOWN = ["photo", "predicted", "confidence"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dataset", help="the image set, such as demo or statefarm")
    parser.add_argument(
        "photos",
        nargs="+",
        metavar="PHOTO",
        help="files of photos, folders of them, or patterns; what cannot be read is named and left "
        "out",
    )
    parser.add_argument("--csv", type=new_file, metavar="FILE", help="also write all probabilities")
    add_results(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the class of each photo; return 1 if a file is not a photo.

    Raises:
        UserError: the classifier was not made yet.
    """
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    import pandas as pd

    from practical_dl.images.submission.classifier import BATCH, photo_batches
    from practical_dl.images.submission.photos import photo_files
    from practical_dl.images.submission.predictor import open_predictor
    from practical_dl.job.console import with_bar
    from practical_dl.settings.results_lookup import made_file

    path = made_file(arguments.results, "images", arguments.dataset, "classifier.json")
    unusable: list[UserError] = []
    photos = photo_files(arguments.photos, unusable.append)
    if not photos:
        return _complain(unusable)
    predictor = open_predictor(path)
    batches = photo_batches(photos, predictor.size, predictor.levels, unusable.append)
    tables = [
        predictor.table(paths, pixels)
        for paths, pixels in with_bar(batches, math.ceil(len(photos) / BATCH))
    ]
    if tables:
        _show(pd.concat(tables), arguments)
    return _complain(unusable)


def _complain(unusable: list[UserError]) -> int:
    """Name each file that gave no answer; the exit code."""
    for error in unusable:
        print(f"error: {error}", file=sys.stderr)
    return 1 if unusable else 0


def _show(table: "pd.DataFrame", arguments: argparse.Namespace) -> None:
    from practical_dl.files.artefacts import write_csv
    from practical_dl.job.console import print_json

    if arguments.csv is not None:
        write_csv(arguments.csv, table)
    if arguments.json:
        for row in table.to_dict("records"):
            print_json(row)
    else:
        print(table[SHOWN].to_string(index=False, justify="left"))
