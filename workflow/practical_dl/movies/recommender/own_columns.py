"""Which columns of somebody's table of ratings hold what, and whose export it is."""

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from practical_dl.job.errors import UserError, named
from practical_dl.movies.ratings.rating_set import Scale
from practical_dl.movies.recommender.rating_scales import STARS, TENTHS

NAMES = {
    "rating": """yourrating myrating rating ratings userrating stars mystars score myscore rate
        bewertung sterne note nota puntuación calificación voto avaliação""",
    "rating10": "rating10",
    "movie": """movie film book item movies films books song track album artist game product
        buch livre libro película""",
    "title": """title name movietitle filmtitle moviename filmname booktitle primarytitle titlename
        itemname titel titre título titolo""",
    "original": "originaltitle",
    "year": "year releaseyear releasedate released movieyear jahr année año anno",
    "imdb": "const imdbid imdb tconst imdburl",
    "id": "movieid itemid filmid bookid trackid songid productid id",
    "isbn": "isbn isbn10",
    "isbn13": "isbn13 ean",
    "user": "userid user username reviewerid",
}
"""Without blanks and marks, in lower case; of several in one table, the first is taken."""

_PLAIN = [name for names in NAMES.values() for name in names.split()]
WANTED = [*_PLAIN, *map(str.capitalize, _PLAIN), "Your Rating", "My Rating"]
"""Names as people spell them, which tell one separator from another."""

LABELS = ("title", "movie", "original", "id", "isbn", "isbn13", "imdb")
"""Columns by one of which a thing is named, the best for people first."""

LONGEST_SHOWN = 40


class Export(NamedTuple):
    """What many people export: how it is told, its columns, its scale, and those that mislead."""

    told: str
    marks: frozenset[str]
    scale: Scale
    unread: tuple[str, ...] = ()


EXPORTS = (
    Export("Letterboxd's export", frozenset(("name", "letterboxduri", "rating")), STARS),
    Export("IMDb's export", frozenset(("const", "yourrating")), TENTHS),
    Export(
        "Goodreads' export", frozenset(("title", "myrating", "isbn")), (1.0, 5.0), ("year", "id")
    ),
)
"""Goodreads' years are those of an edition, and its ids its own."""


class Columns(NamedTuple):
    """The place of each column by what it holds; the scale of ratings and whose export it is."""

    places: dict[str, int]
    scale: Scale | None
    told: str


def find_columns(path: Path, columns: Sequence[str]) -> Columns:
    """The columns of a table of ratings.

    Raises:
        UserError: ratings or titles have no column, or two; or the file is no text.
    """
    if any(unicodedata.category(letter) == "Cc" for column in columns for letter in column):
        raise UserError(f"{path}: no table of text; export it as .csv")
    forms = [_form(column) for column in columns]
    export = next((one for one in EXPORTS if one.marks <= set(forms)), None)
    found = {purpose: _places(names.split(), forms) for purpose, names in NAMES.items()}
    places = {purpose: those[0] for purpose, those in found.items() if those}
    scale = export.scale if export else None
    if "rating" not in places and "rating10" in places:
        places["rating"], scale = places["rating10"], TENTHS
        found["rating"] = found["rating10"]
    lacking = [] if "rating" in places else ["no column of ratings (rating)"]
    if not any(what in places for what in LABELS):
        lacking.append("no column of titles (movie, title or name)")
    lacking += [
        f"columns {columns[those[0]]!r} and {columns[those[1]]!r} could both be it; rename one"
        for purpose, those in found.items()
        if len(those) > 1 and purpose in ("rating", *LABELS, "year")
    ]
    if lacking:
        shown = named(repr(_shortened(column)) for column in columns)
        raise UserError(f"{path}: {' and '.join(lacking)}; its columns are {shown}{_hint(forms)}")
    for purpose in export.unread if export else ():
        places.pop(purpose, None)
    return Columns(places, scale, export.told if export else "a table of ratings")


def _places(names: Sequence[str], forms: Sequence[str]) -> list[int]:
    """The columns called by the first of `names` that any is called by."""
    first = next((name for name in names if name in forms), None)
    return [place for place, form in enumerate(forms) if form == first]


def _hint(forms: Sequence[str]) -> str:
    if "letterboxduri" in forms:
        return "; of Letterboxd's tables take ratings.csv"
    if any(form.replace(".", "").isdecimal() for form in forms):
        return "; the first line names the columns: movie,rating"
    return ""


def _form(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."
