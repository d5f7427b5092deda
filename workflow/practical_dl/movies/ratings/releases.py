"""The layouts of the MovieLens releases: which files they have and how a line of each reads.

Source: the READMEs of the releases, https://grouplens.org/datasets/movielens (Harper and Konstan
2015, The MovieLens Datasets).
"""

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from re import Pattern

from practical_dl.files.artefacts import require_file
from practical_dl.job.errors import UserError

Movie = tuple[int, str, str]


@dataclass(frozen=True)
class Layout:
    """One family of releases.

    `separator` and `scale` (lowest, highest, step) are those of the ratings; a header of '' means
    that the file starts with data. `movie` makes id, title and genres ('|' between) of a line.
    `counts` holds, by file, the publisher's words about the numbers of ratings, users and movies.
    """

    ratings_file: str
    movies_file: str
    separator: str
    scale: tuple[float, float, float]
    movie: Callable[[str], Movie]
    counts: Mapping[str, Pattern[str]]
    ratings_header: str = ""
    movies_header: str = ""
    mark: str = ""

    @property
    def first_line(self) -> int:
        """The line of the first rating and of the first movie, counted from 1."""
        return 2 if self.ratings_header else 1


def find_release(folder: Path) -> tuple[Path, Layout]:
    """The folder that holds the release (`folder` or its only such sub-folder), and its layout.

    Raises:
        UserError: there is no such folder, or no release or several in it.
    """
    if not folder.is_dir():
        raise UserError(f"{folder}: no such folder")
    if layout := _layout_of(folder):
        return folder, layout
    parts = sorted(path for path in folder.iterdir() if path.is_dir())
    found = [(part, layout) for part in parts if (layout := _layout_of(part))]
    if not found:
        known = ", ".join(dict.fromkeys(layout.ratings_file for layout in LAYOUTS))
        raise UserError(f"{folder}: holds no ratings ({known}); give the unpacked release")
    if len(found) > 1:
        names = ", ".join(part.name for part, _ in found)
        raise UserError(f"{folder}: holds several releases ({names}); give the folder of one")
    return found[0]


def read_lines(path: Path) -> list[str]:
    """The lines of a text in UTF-8 or, as the releases before 2009, in Latin-1."""
    require_file(path)
    content = path.read_bytes()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    return [line.rstrip("\r") for line in text.rstrip().split("\n")]


def stated_counts(folder: Path, layout: Layout) -> tuple[str, dict[str, int]] | None:
    """The first file in which the publisher states the counts, and these; None without one."""
    for name, pattern in layout.counts.items():
        if (folder / name).is_file():
            text = " ".join(re.sub("<[^>]*>", " ", "\n".join(read_lines(folder / name))).split())
            if match := pattern.search(text):
                found = match.groupdict().items()
                return name, {what: int(count.replace(",", "")) for what, count in found}
    return None


def _layout_of(folder: Path) -> Layout | None:
    for layout in LAYOUTS:
        if (folder / layout.ratings_file).is_file() and (folder / layout.mark).exists():
            return layout
    return None


def _csv_movie(line: str) -> Movie:
    return _movie(*next(csv.reader([line])))


def _dat_movie(line: str) -> Movie:
    movie_id, rest = line.split("::", 1)
    return _movie(movie_id, *rest.rsplit("::", 1))


def _item_movie(line: str) -> Movie:
    movie, title, _released, _video, _url, _unknown, *flags = line.split("|")
    named = zip(ITEM_GENRES.split("|"), flags, strict=True)
    return _movie(movie, title, "|".join(genre for genre, flag in named if flag == "1"))


def _movie(movie_id: str, title: str, genres: str) -> Movie:
    return int(movie_id), title.strip(), "" if genres == "(no genres listed)" else genres


def _words(text: str) -> Pattern[str]:
    """A pattern of `text`, in which {ratings}, {users} and {movies} are numbers."""
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>\\d[\\d,]*)", text))


ITEM_GENRES = (
    "Action|Adventure|Animation|Children's|Comedy|Crime|Documentary|Drama|Fantasy|Film-Noir|"
    "Horror|Musical|Mystery|Romance|Sci-Fi|Thriller|War|Western"
)
HALF_STARS = (0.5, 5.0, 0.5)
WHOLE_STARS = (1.0, 5.0, 1.0)

CSV = Layout(
    ratings_file="ratings.csv",
    movies_file="movies.csv",
    separator=",",
    scale=HALF_STARS,
    movie=_csv_movie,
    counts=dict.fromkeys(
        ("README.txt", "README.html", "README"),
        _words("contains {ratings} ratings .*?across {movies} movies.*? by {users} users"),
    ),
    ratings_header="userId,movieId,rating,timestamp",
    movies_header="movieId,title,genres",
)
ML_100K = Layout(
    ratings_file="u.data",
    movies_file="u.item",
    separator="\t",
    scale=WHOLE_STARS,
    movie=_item_movie,
    counts={
        "u.info": _words("{users} users {movies} items {ratings} ratings"),
        "README": _words(r"{ratings} ratings \(1-5\) from {users} users on {movies} movies"),
    },
)
ML_1M = Layout(
    ratings_file="ratings.dat",
    movies_file="movies.dat",
    separator="::",
    scale=WHOLE_STARS,
    movie=_dat_movie,
    counts={"README": _words("contain {ratings} anonymous ratings .*? by {users} MovieLens users")},
    mark="users.dat",
)
# The README of ml-10m counts 71,567 users; only 69,878 of them have ratings.
ML_10M = Layout(
    ratings_file="ratings.dat",
    movies_file="movies.dat",
    separator="::",
    scale=HALF_STARS,
    movie=_dat_movie,
    counts=dict.fromkeys(
        ("README.html", "README"),
        _words("contains {ratings} ratings .*?applied to {movies} movies"),
    ),
)
LAYOUTS = (CSV, ML_100K, ML_1M, ML_10M)
