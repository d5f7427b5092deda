"""practical-dl predict: the class of photos, by the classifier that the workflow exported."""

import argparse
import os
from pathlib import Path

ABOUT = "Say what photos show, by an image set's classifier."
EXAMPLES = """examples:
  practical-dl predict demo photo.jpg another.jpg
  practical-dl predict demo photos/*.jpg --csv probabilities.csv
"""
JSON = "an object a photo"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("dataset", help="the image set, such as demo or statefarm")
    parser.add_argument(
        "photos",
        nargs="+",
        type=Path,
        metavar="PHOTO",
        help="files of photos; all must be readable",
    )
    parser.add_argument("--csv", type=Path, metavar="FILE", help="also write all probabilities")
    parser.add_argument(
        "--results", type=Path, default=Path("results"), help="folder of the results"
    )


def run(arguments: argparse.Namespace) -> None:
    """Print the class of each photo.

    Raises:
        UserError: the classifier was not made yet, or a file is no photo.
    """
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    from practical_dl.artefacts import load_model, write_csv
    from practical_dl.images.classifier import (
        BATCH,
        predictions_table,
        read_classifier,
        read_photos,
    )
    from practical_dl.made import made_file
    from practical_dl.terminal import print_json, quiet_errors

    path = made_file(arguments.results, "images", arguments.dataset, "classifier.keras")
    description = read_classifier(path.with_name("classifier.json"))
    photos = read_photos(arguments.photos, tuple(description["input_size"]))
    with quiet_errors():
        import keras  # noqa: F401
    model = load_model(path)
    classes = description["classes"]
    probabilities = model.predict(photos, batch_size=BATCH, verbose=0)
    table = predictions_table(arguments.photos, classes, probabilities)
    if arguments.csv is not None:
        write_csv(arguments.csv, table)
    if arguments.json:
        for row in table.to_dict("records"):
            print_json(row)
    else:
        print(table[["photo", "predicted", "confidence"]].to_string(index=False, justify="left"))
