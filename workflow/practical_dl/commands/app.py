"""practical-dl app: a page to play with the models, and the same as a service."""

import argparse
import os

from practical_dl.commands import add_results, count

ABOUT = (
    "Open a local page with what the results hold: drop a photo, type a review, rate movies, go on "
    "with a sentence, sort the scores. Nothing leaves this machine."
)
EXAMPLES = """examples:
  practical-dl app
  practical-dl app --dataset demo --port 8000
  curl --data-binary @photo.jpg http://127.0.0.1:7860/api/photo
"""
JSON = "nothing; ask http://127.0.0.1:7860/api/... instead"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--dataset", metavar="NAME", help="the set to show (default: demo, else the first made)"
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="address to listen at (default: 127.0.0.1, this machine alone)",
    )
    parser.add_argument("--port", type=count, default=7860, help="port (default: 7860)")
    add_results(parser)


def run(arguments: argparse.Namespace) -> None:
    """Serve until Ctrl-C.

    Raises:
        UserError: Gradio is not installed, or there are no results.
    """
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    from importlib.util import find_spec

    from practical_dl.job.errors import UserError

    if find_spec("gradio") is None:
        raise UserError(
            "app: needs Gradio, not installed here; use make app, or in an environment of your own "
            "pip install 'practical-dl-workflow[app]'"
        )
    from practical_dl.app.serving import serve

    serve(arguments.results, arguments.dataset, arguments.host, arguments.port)
