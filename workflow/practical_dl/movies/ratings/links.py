"""Which film of IMDb a movie is, by the file that lies beside the ratings of newer releases."""

import csv
from pathlib import Path

import pandas as pd

from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.rating_set import LINK_COLUMNS, no_links
from practical_dl.movies.ratings.releases import read_lines

FILE = "links.csv"
_HEADER = ["movieId", "imdbId"]


def read_links(folder: Path) -> pd.DataFrame:
    """movie_id, imdb_id (the number behind `tt`) of a release, where it says so.

    A file of that name with other columns is another, and is not read.

    Raises:
        UserError: with its line, a row that does not begin with two whole numbers.
    """
    path = folder / FILE
    if not path.is_file():
        return no_links()
    header, *lines = read_lines(path)
    if header.removeprefix("\ufeff").split(",")[:2] != _HEADER:
        return no_links()
    rows = []
    for number, values in enumerate(csv.reader(lines), start=2):
        try:
            movie, imdb = values[:2]
            rows.append((int(movie), int(imdb or 0)))
        except ValueError:
            raise UserError(
                f"{path}:{number}: {','.join(values)[:80]!r} is not movieId,imdbId as numbers"
            ) from None
    links = pd.DataFrame(rows, columns=list(LINK_COLUMNS), dtype="int64")
    return links[links["imdb_id"] > 0].reset_index(drop=True)
