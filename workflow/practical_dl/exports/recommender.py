"""The recommender as plain files: what someone new is expected to give each movie.

The files hold nobody's ratings: the numbers of known users and who rated what stay behind, and with
them the blend, which compares people. So the order is that of `practical-dl recommend --by stars`.
"""

from pathlib import Path

from practical_dl.exports.plain import write_plain
from practical_dl.movies.recommender.factors import read_library
from practical_dl.movies.recommender.names import movie_names
from practical_dl.settings.results_lookup import made_file

NAMES = ("movies", "centre", "precision", "rated", "noise", "mean", "scale")
"""Of the factors, what someone new needs."""


def export(results: Path, dataset: str, into: Path) -> list[Path]:
    """Write recommender.npz and .json, and recommend_movies.py, which reads them; the files.

    Raises:
        UserError: the recommender was not made yet.
    """
    library = read_library(made_file(results, "movies", dataset, "recommender/factors.h5"))
    arrays = {name: getattr(library.factors, name) for name in NAMES}
    about = {
        "ids": movie_names(library),
        "titles": [str(title) for title in library.catalogue.movies["title"]],
    }
    return write_plain(into, "recommender", arrays, about, "recommend_movies")
