"""practical-dl recommend: movies for a known user, or for your own ratings."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from practical_dl.commands import add_results, count

if TYPE_CHECKING:
    from practical_dl.movies.recommender.recommend import Recommendation

ABOUT = (
    "Recommend movies to a known user, or to someone new from a file of ratings: expected stars, "
    "and how wrong this guess usually is (standard deviation)."
)
EXAMPLES = """examples:
  practical-dl recommend --user 42
  practical-dl recommend --ratings mine.csv --top 5
  practical-dl recommend --file letterboxd-me-2026-01-01.zip --dataset mls
"""
JSON = "one object per movie"
ALL_RATED = "All {count:,} movies are rated or seen, so there is nothing left to recommend."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--user", metavar="NAME", help="a user of the rating set: id or name")
    who.add_argument(
        "--ratings",
        "--file",
        type=Path,
        metavar="FILE",
        help="your own ratings: an export of Letterboxd (ratings.csv or the zip), IMDb or "
        "Goodreads, or a table with columns movie,rating (titles or ids) and perhaps year; rated "
        "movies are not recommended",
    )
    parser.add_argument(
        "--scale",
        nargs=2,
        type=float,
        metavar=("LOWEST", "HIGHEST"),
        help="what your own ratings can be, where this cannot be told from them",
    )
    parser.add_argument("--dataset", default="demo", help="the rating set (default: demo)")
    parser.add_argument("--top", type=count, default=10, metavar="N", help="how many (default 10)")
    add_results(parser)


def run(arguments: argparse.Namespace) -> None:
    """Print recommendations.

    Raises:
        UserError: nothing was made yet, the user is unknown, or the file of ratings is wrong.
    """
    from practical_dl.job.console import print_json
    from practical_dl.movies.recommender.factors import read_library
    from practical_dl.movies.recommender.names import user_id
    from practical_dl.movies.recommender.own_list import read_own_list
    from practical_dl.movies.recommender.recommend import for_ratings, for_user
    from practical_dl.settings.results_lookup import made_file

    path = made_file(arguments.results, "movies", arguments.dataset, "recommender/factors.h5")
    library = read_library(path)
    if arguments.user is not None:
        found = for_user(library, user_id(library, arguments.user), arguments.top)
    else:
        own = read_own_list(arguments.ratings, library, arguments.scale)
        for line in own.told:
            print(line, file=sys.stderr)
        found = for_ratings(library, own.movies, own.stars, arguments.top)
    if not found:
        print(ALL_RATED.format(count=len(library.catalogue.movies)), file=sys.stderr)
    elif arguments.json:
        for movie in found:
            print_json(asdict(movie))
    else:
        print(_as_table(found))


def _as_table(found: Sequence["Recommendation"]) -> str:
    lines = [
        f"{movie.stars:5.2f} ± {movie.spread:.2f}       {movie.title}  [{movie.basis}]"
        for movie in found
    ]
    return "\n".join(["stars ± deviation  title  [known by]", *lines])
