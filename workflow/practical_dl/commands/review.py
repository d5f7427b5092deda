"""practical-dl review: is this review positive, how surely, and which words say so?"""

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

ABOUT = "Tell whether a review is positive, how surely, and which words matter."
EXAMPLES = """examples:
  practical-dl review "not bad at all, the ending was brilliant"
  practical-dl review --file mine.txt --dataset imdb --json
"""
JSON = "an object a review"
MODEL = "nb_svm/model.h5"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "text", nargs="*", default=[], help="the review; without it, one a line is read"
    )
    what.add_argument(
        "--file", type=Path, help="a UTF-8 file, a review a line; blank ones are skipped"
    )
    parser.add_argument("--dataset", default="demo", help="the review set (default: demo)")
    parser.add_argument(
        "--top", type=count, default=8, metavar="N", help="n-grams to name (default 8)"
    )
    add_results(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print what the model makes of the text, or of each line of the file or standard input.

    Blank lines are passed over; a line that cannot be judged is told on standard error, the
    others are judged all the same, and the exit code is 1.

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
    """Each review with where it stands; the lines of a file that hold one.

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
                raise UserError(f"{name}: not a text file; give UTF-8 text, a review a line")
            if line.strip():
                empty = False
                yield f"{name}:{number}", line
    if empty:
        raise UserError(f"{name}: holds no review; write one a line")


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
