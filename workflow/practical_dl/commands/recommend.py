"""practical-dl recommend: movies for a known user, or for your own ratings."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from practical_dl.commands import add_results, count

if TYPE_CHECKING:
    from practical_dl.movies.recommender.factors import Library
    from practical_dl.movies.recommender.recommend import Recommendation

ABOUT = (
    "Recommend movies to a known user, or to someone new from a CSV of ratings: expected stars, "
    "and how wrong this guess usually is (standard deviation)."
)
EXAMPLES = """examples:
  practical-dl recommend --user 42
  practical-dl recommend --ratings mine.csv --top 5
"""
JSON = "one object per movie"
COLUMNS = ("movie", "rating")
ALL_RATED = "All {count:,} movies are rated or seen, so there is nothing left to recommend."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--user", metavar="NAME", help="a user of the rating set: id or name")
    who.add_argument(
        "--ratings",
        type=Path,
        metavar="CSV",
        help="columns movie,rating: a title (in double quotes if it has a comma) or id, and "
        "stars; rated movies are not recommended",
    )
    parser.add_argument("--dataset", default="demo", help="the rating set (default: demo)")
    parser.add_argument("--top", type=count, default=10, metavar="N", help="how many (default 10)")
    add_results(parser)


def run(arguments: argparse.Namespace) -> None:
    """Print recommendations.

    Raises:
        UserError: nothing was made yet, the user is unknown, or a line of the CSV is wrong.
    """
    from practical_dl.job.console import print_json
    from practical_dl.movies.recommender.factors import read_library
    from practical_dl.movies.recommender.names import user_id
    from practical_dl.movies.recommender.recommend import for_ratings, for_user
    from practical_dl.settings.results_lookup import made_file

    path = made_file(arguments.results, "movies", arguments.dataset, "recommender/factors.h5")
    library = read_library(path)
    if arguments.user is not None:
        found = for_user(library, user_id(library, arguments.user), arguments.top)
    else:
        found = for_ratings(library, *_read_own_ratings(arguments.ratings, library), arguments.top)
    if not found:
        print(ALL_RATED.format(count=len(library.catalogue.movies)), file=sys.stderr)
    elif arguments.json:
        for movie in found:
            print_json(asdict(movie))
    else:
        print(_as_table(found))


def _read_own_ratings(path: Path, library: "Library") -> tuple[list[int], list[float]]:
    """Numbers of the movies in the catalogue, and their stars, of a CSV movie,rating.

    Raises:
        UserError: with its line, a movie that is unknown or duplicate, or a rating that is not
            a number of the scale.
    """
    from practical_dl.files.artefacts import read_csv
    from practical_dl.job.errors import UserError
    from practical_dl.movies.recommender.names import movie_names
    from practical_dl.movies.recommender.titles import Titles

    table = read_csv(path, COLUMNS)
    if table.empty:
        raise UserError(f"{path}: has no ratings; write one per line: movie,rating")
    movies = library.catalogue.movies
    titles = Titles(movie_names(library), movies["title"].tolist())
    low, high = library.factors.scale
    own: dict[int, float] = {}
    for line, (movie, rating) in enumerate(
        zip(*(table[name] for name in COLUMNS), strict=True), start=2
    ):
        try:
            number, stars = titles.find(movie), float(rating)
            if not low <= stars <= high:
                raise ValueError
        except UserError as error:
            raise UserError(f"{path}:{line}: {error}") from None
        except ValueError:
            raise UserError(
                f"{path}:{line}: rating {rating!r}; a number from {low:g} to {high:g}"
            ) from None
        if number in own:
            raise UserError(f"{path}:{line}: duplicate movie {movie!r}; leave one out")
        own[number] = stars
    return list(own), list(own.values())


def _as_table(found: Sequence["Recommendation"]) -> str:
    lines = [
        f"{movie.stars:5.2f} ± {movie.spread:.2f}       {movie.title}  [{movie.basis}]"
        for movie in found
    ]
    return "\n".join(["stars ± deviation  title  [known by]", *lines])
