"""practical-dl export: models as files of other runtimes, with proof that they say the same."""

import argparse
import os
from pathlib import Path

from practical_dl.commands import add_results

ABOUT = (
    "Export a model: the picture classifier as ONNX, OpenVINO, LiteRT or Keras, read back and "
    "compared with the workflow's own on the held-out pictures, with a model card; a linear model "
    "of reviews or the recommender as plain arrays that need NumPy alone."
)
EXAMPLES = """examples:
  practical-dl export demo --to onnx openvino litert
  practical-dl export demo --of reviews
  practical-dl export ml --of movies --into recommender/
"""
JSON = "one object per file"
FORMATS = ("onnx", "openvino", "litert", "keras")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dataset", help="the image, rating or review set, such as demo")
    parser.add_argument(
        "--to",
        nargs="+",
        choices=FORMATS,
        metavar="FORMAT",
        help=f"of pictures: {', '.join(FORMATS)}",
    )
    parser.add_argument(
        "--of",
        choices=("images", "reviews", "movies"),
        default="images",
        help="which pipeline's model (default: images)",
    )
    parser.add_argument(
        "--into",
        type=Path,
        metavar="FOLDER",
        help="where to write (default: exports/images/DATASET, and so on)",
    )
    add_results(parser)


def run(arguments: argparse.Namespace) -> None:
    """Write the files and print their names.

    Raises:
        UserError: nothing was made yet, a package is missing, or a format says something else.
    """
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    from practical_dl.job.console import print_json

    into = arguments.into or Path("exports", arguments.of, arguments.dataset)
    for path in _exported(arguments, into):
        if arguments.json:
            print_json({"file": str(path), "bytes": path.stat().st_size})
        else:
            print(path)


def _exported(arguments: argparse.Namespace, into: Path) -> list[Path]:
    from practical_dl.job.errors import UserError

    if arguments.of == "images":
        from practical_dl.exports.classifier import export_classifier

        if arguments.to is None:
            raise UserError(f"--to: missing; name one or more of {', '.join(FORMATS)}")
        names = list(dict.fromkeys(arguments.to))
        return export_classifier(arguments.results, arguments.dataset, names, into)
    if arguments.to is not None:
        raise UserError(
            f"--to: for pictures alone; {arguments.of} are exported as npz and json, leave it out"
        )
    from practical_dl.exports import recommender, review_model

    export = {"reviews": review_model.export, "movies": recommender.export}[arguments.of]
    return export(arguments.results, arguments.dataset, into)
