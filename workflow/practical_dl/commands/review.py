"""practical-dl review: whether a review is positive, how probably, and which words decide."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from practical_dl.commands import add_results, count
from practical_dl.report.wording import percent

if TYPE_CHECKING:
    from practical_dl.reviews.models.judging import Judgement

ABOUT = "Predict whether a review is positive, how probably, and which words decide."
EXAMPLES = """examples:
  practical-dl review "not bad at all, the ending was brilliant"
  practical-dl review --file mine.txt --dataset imdb --json
"""
JSON = "one object per review"
MODEL = "nb_svm/model.h5"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "text", nargs="*", default=[], help="the review; without it, one per line is read"
    )
    what.add_argument(
        "--file", type=Path, help="a UTF-8 file, one review per line; blank lines are skipped"
    )
    parser.add_argument("--dataset", default="demo", help="the review set (default: demo)")
    parser.add_argument(
        "--top", type=count, default=8, metavar="N", help="n-grams to name (default 8)"
    )
    add_results(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the prediction for the text, or for each line of the file or of standard input.

    Blank lines are skipped. A line that cannot be judged is reported on standard error, the
    others are still judged, and 1 is returned.

    Raises:
        UserError: nothing was made yet; the file is absent; the text is empty, or none of its
            words is known.
    """
    from practical_dl.job.console import print_json
    from practical_dl.job.errors import UserError
    from practical_dl.reviews.models.judging import judge
    from practical_dl.reviews.models.linear import read_linear
    from practical_dl.settings.results_lookup import made_file

    path = made_file(arguments.results, "reviews", arguments.dataset, MODEL)
    model, words = read_linear(path)
    code = 0
    text = " ".join(arguments.text) if arguments.text else None
    for where, line in _lines(text, arguments.file):
        try:
            found = judge(model, words, _decoded(line), arguments.top)
            if arguments.json:
                print_json(asdict(found))
            else:
                print(_as_text(found), flush=True)
        except UserError as error:
            print(f"error: {where}: {error}", file=sys.stderr)
            code = 1
    return code


def _lines(text: str | None, path: Path | None) -> Iterator[tuple[str, bytes]]:
    """Each review with its source, such as FILE:LINE; blank lines are skipped.

    Raises:
        UserError: the file is absent or no text, or no line of it holds a review.
    """
    from practical_dl.files.artefacts import require_file
    from practical_dl.job.errors import UserError

    if text is not None:
        yield "review", text.encode(errors="surrogateescape")
        return
    name = path or "standard input"
    if path is not None:
        require_file(path)
    elif sys.stdin.isatty():
        print("Type a review and press return; Ctrl-D ends.", file=sys.stderr)
    empty = True
    with path.open("rb") if path is not None else sys.stdin.buffer as lines:
        for number, line in enumerate(lines, start=1):
            if b"\0" in line:
                raise UserError(f"{name}: not a text file; give UTF-8 text, one review per line")
            if line.strip():
                empty = False
                yield f"{name}:{number}", line
    if empty:
        raise UserError(f"{name}: has no review; write one per line")


def _decoded(line: bytes) -> str:
    from practical_dl.job.errors import UserError

    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"not UTF-8 at byte {error.start}; convert it to UTF-8") from None


def _as_text(found: "Judgement") -> str:
    named = ", ".join(f"{one.words} ({one.log_odds:+.2f})" for one in found.evidence)
    unknown = f"; unknown: {', '.join(found.unknown)}" if found.unknown else ""
    return f"{found.sentiment} {percent(found.probability)}: {named}{unknown}"
