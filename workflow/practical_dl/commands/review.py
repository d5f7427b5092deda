"""practical-dl review: the class of a review, how probable it is, and which words decide."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from practical_dl.commands import add_results, count
from practical_dl.report.wording import percent

if TYPE_CHECKING:
    from practical_dl.reviews.models.attribution import Evidence
    from practical_dl.reviews.models.judging import Judgement, Verdict

ABOUT = "Predict whether a review is positive (or your own classes), and which words decide."
EXAMPLES = """examples:
  practical-dl review "not bad at all, and the ending was excellent"
  practical-dl review --file mine.txt --dataset imdb --json
  practical-dl review --file mine.csv --column comment
"""
JSON = "one object per review"
MODEL = "nb_svm/model.h5"
MOST_VERDICTS = 5
"""Classes that are shown with their n-grams, the most probable ones; --json has all."""
MOSTLY_KNOWN = 0.5
"""Share of a text's words from which a verdict is no guess."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "text", nargs="*", default=[], help="the review; without it, one per line is read"
    )
    what.add_argument(
        "--file",
        type=Path,
        help="a UTF-8 file, one review per line, or a table (csv, Excel); blank ones are skipped",
    )
    parser.add_argument("--column", help="the column of the reviews, if --file is a table")
    parser.add_argument("--dataset", default="demo", help="the review set (default: demo)")
    parser.add_argument(
        "--top", type=count, default=8, metavar="N", help="n-grams to name (default 8)"
    )
    add_results(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the prediction for the text, or for each text of the file or of standard input.

    Blank lines are skipped. A text that cannot be judged, such as an empty cell of a table, is
    reported on standard error, the others are still judged, and 1 is returned.

    Raises:
        UserError: nothing was made yet; the file is absent, or a table whose column is not known.
    """
    from practical_dl.job.console import print_json
    from practical_dl.job.errors import UserError
    from practical_dl.reviews.corpus.about import about_near
    from practical_dl.reviews.models.judging import judge
    from practical_dl.reviews.models.linear import read_linear
    from practical_dl.settings.results_lookup import made_file

    path = made_file(arguments.results, "reviews", arguments.dataset, MODEL)
    model, words = read_linear(path)
    about = about_near(path)
    code = 0
    for where, text in _texts(arguments, about.text):
        try:
            found = judge(model, words, _checked(text), arguments.top, about.shown)
            if arguments.json:
                print_json({"where": where, **asdict(found)})
            else:
                print(_as_text(found, about.shown), flush=True)
        except UserError as error:
            print(f"error: {where}: {error}", file=sys.stderr)
            code = 1
    return code


def _texts(arguments: argparse.Namespace, usual: str) -> Iterator[tuple[str, str]]:
    """Each review with its source, such as FILE:LINE; see `asked.texts_of_file`."""
    from practical_dl.job.errors import UserError
    from practical_dl.reviews.models.asked import lines_of, texts_of_file

    if arguments.column is not None and arguments.file is None:
        raise UserError("--column: names a column of --file; give a table")
    if arguments.text:
        yield "review", " ".join(arguments.text)
    elif arguments.file is not None:
        yield from texts_of_file(arguments.file, arguments.column, usual)
    else:
        if sys.stdin.isatty():
            print("Type a review and press return; Ctrl-D ends.", file=sys.stderr)
        yield from lines_of("standard input", sys.stdin.buffer)


def _checked(text: str) -> str:
    from practical_dl.job.errors import UserError

    try:
        return text.encode(errors="surrogateescape").decode()
    except UnicodeDecodeError as error:
        raise UserError(f"not UTF-8 at byte {error.start}; convert it to UTF-8") from None


def _as_text(found: "Judgement", names: Sequence[str]) -> str:
    """The verdict, and for which class each n-gram spoke, with its log-odds."""
    named = _of_more(found.classes) if found.classes else _of_two(found.evidence, names)
    unknown = f"; unknown: {', '.join(found.unknown)}" if found.unknown else ""
    caution = "; a guess: most of its words are unknown" if found.known < MOSTLY_KNOWN else ""
    return f"{found.sentiment} {percent(found.probability)}: {named}{unknown}{caution}"


def _of_two(evidence: "Sequence[Evidence]", names: Sequence[str]) -> str:
    return ", ".join(
        f"{one.words} ({names[int(one.log_odds > 0)]} {abs(one.log_odds):.2f})" for one in evidence
    )


def _of_more(verdicts: "Sequence[Verdict]") -> str:
    """What spoke for the first class and against it, then the same of the next ones."""
    first, *others = verdicts
    named = [_for_and_against(first.evidence)]
    named += [
        f"{one.name} {percent(one.probability)}: {_for_and_against(one.evidence)}"
        for one in others[: MOST_VERDICTS - 1]
    ]
    if len(verdicts) > MOST_VERDICTS:
        rest = sum(one.probability for one in verdicts[MOST_VERDICTS:])
        named.append(f"{len(verdicts) - MOST_VERDICTS} other classes {percent(rest)}")
    return " | ".join(named)


def _for_and_against(evidence: "Sequence[Evidence]") -> str:
    return ", ".join(f"{one.words} ({one.log_odds:+.2f})" for one in evidence)
