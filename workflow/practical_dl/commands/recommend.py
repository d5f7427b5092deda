"""practical-dl recommend: movies for a known user, or for your own ratings."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from practical_dl.commands import add_results, count

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from practical_dl.movies.ranking.recommend import Alike, Person, Recommendation
    from practical_dl.movies.recommender.factors import Library

ABOUT = (
    "Recommend movies to a known user, or to someone new from a file of ratings. They are ranked "
    "by a blend of what people with such ratings rate next and of expected stars; --by stars ranks "
    "by expected stars alone, which brings up much that few have rated. Told of each: expected "
    "stars, how wrong this guess usually is (standard deviation), and what speaks for it. What was "
    "rated or seen is never recommended."
)
EXAMPLES = """examples:
  practical-dl recommend --user 42
  practical-dl recommend --ratings mine.csv --n 5 --genre comedy --year 1990-1999
  practical-dl recommend --file letterboxd-me-2026-01-01.zip --dataset mls
  practical-dl recommend --like "Toy Story"
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
    who.add_argument(
        "--like", metavar="TITLE", help="movies like this one, for nobody in particular"
    )
    parser.add_argument("--dataset", default="demo", help="the rating set (default: demo)")
    parser.add_argument(
        "--by", choices=("blend", "stars"), default="blend", help="the order (default: blend)"
    )
    parser.add_argument("--genre", help="only movies of this genre")
    parser.add_argument(
        "--year", type=years, metavar="YEARS", help="only movies of a year, or as 1990-1999"
    )
    parser.add_argument(
        "--top", "--n", type=count, default=10, metavar="N", help="how many (default 10)"
    )
    add_results(parser)


def years(text: str) -> tuple[int, int]:
    """The first and last year of `1999` or `1990-1999`, as an argument's type."""
    first, dash, last = text.partition("-")
    try:
        found = int(first), int(last if dash else first)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: not a year like 1999 or 1990-1999") from None
    if found[0] > found[1]:
        raise argparse.ArgumentTypeError(f"{text}: ends before it starts")
    return found


def run(arguments: argparse.Namespace) -> None:
    """Print recommendations.

    Raises:
        UserError: nothing was made yet, the user is unknown, or the file of ratings is wrong.
    """
    from practical_dl.job.console import print_json
    from practical_dl.movies.ranking.recommend import wanted_movies
    from practical_dl.movies.recommender.factors import read_library

    library = read_library(_made(arguments, "factors.h5"))
    wanted = wanted_movies(library, arguments.genre, arguments.year)
    if arguments.like is not None:
        alike = _like(library, arguments, wanted)
        found, shown = [asdict(movie) for movie in alike], _alike_table(alike)
    else:
        movies = _recommended(library, arguments, wanted)
        found, shown = [asdict(movie) for movie in movies], _as_table(movies)
    if not found:
        print(_none_left(library, wanted), file=sys.stderr)
    elif arguments.json:
        for movie in found:
            print_json(movie)
    else:
        print(shown)


def _made(arguments: argparse.Namespace, name: str) -> Path:
    from practical_dl.settings.results_lookup import made_file

    return made_file(arguments.results, "movies", arguments.dataset, f"recommender/{name}")


def _recommended(
    library: "Library", arguments: argparse.Namespace, wanted: "NDArray[Any]"
) -> "list[Recommendation]":
    from practical_dl.movies.ranking.recommend import by_blend, by_stars, recommend
    from practical_dl.movies.ranking.taste import read_taste

    person = _person(library, arguments)
    if arguments.by == "stars":
        return recommend(library, person, arguments.top, by_stars, wanted)
    taste = read_taste(_made(arguments, "taste.h5"))
    return recommend(library, person, arguments.top, by_blend(taste), wanted, taste)


def _person(library: "Library", arguments: argparse.Namespace) -> "Person":
    """Who is asked for; what was taken for what in a file of ratings is told."""
    from practical_dl.movies.ranking.recommend import newcomer, user_of
    from practical_dl.movies.recommender.names import user_id
    from practical_dl.movies.recommender.own_list import read_own_list

    if arguments.user is not None:
        return user_of(library, user_id(library, arguments.user))
    own = read_own_list(arguments.ratings, library, arguments.scale)
    for line in own.told:
        print(line, file=sys.stderr)
    return newcomer(library, own.movies, own.stars)


def _like(
    library: "Library", arguments: argparse.Namespace, wanted: "NDArray[Any]"
) -> "list[Alike]":
    from practical_dl.movies.ranking.recommend import alike
    from practical_dl.movies.ranking.taste import read_taste
    from practical_dl.movies.recommender.own_list import titles_of

    titles = titles_of(library)
    if titles.number_of(arguments.like.strip()) is not None:
        number = titles.find(arguments.like)
    else:
        number, told = titles.look_up(arguments.like)
        if told:
            print(f"--like: {told}", file=sys.stderr)
    taste = read_taste(_made(arguments, "taste.h5"))
    return alike(library, taste, number, arguments.top, wanted)


def _none_left(library: "Library", wanted: "NDArray[Any]") -> str:
    if wanted.all():
        return ALL_RATED.format(count=len(library.catalogue.movies))
    return f"None of the {wanted.sum():,} movies that were asked for is left to recommend."


def _as_table(found: "Sequence[Recommendation]") -> str:
    lines = [
        f"{movie.stars:5.2f} ± {movie.spread:.2f}       {movie.title}  [{_known_by(movie)}]"
        for movie in found
    ]
    return "\n".join(["stars ± deviation  title  [known by]", *lines])


def _known_by(movie: "Recommendation") -> str:
    if not movie.because:
        return movie.basis
    return f"{movie.basis}; because you liked {' and '.join(movie.because)}"


def _alike_table(found: "Sequence[Alike]") -> str:
    lines = [f"{movie.weight:6.3f}  {movie.title}  [{movie.ratings:,} ratings]" for movie in found]
    return "\n".join(["weight  title  [known by]", *lines])
