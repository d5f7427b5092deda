"""Which movies of a rating set the rows of somebody's file are: by ids, else by titles."""

import re
from collections.abc import Sequence
from contextlib import suppress

from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.ids import plain_name
from practical_dl.movies.recommender.factors import Library
from practical_dl.movies.recommender.own_files import OwnRow
from practical_dl.movies.recommender.titles import Match, Titles

_NUMBER = re.compile(r"(?:.*\btt)?0*(\d{1,10})/?")
_YEAR = re.compile(r"(?<!\d)((?:18|19|20)\d{2})(?!\d)")


class OwnMovies:
    """Finds the movie of each row; `told` says what was taken for all of them."""

    def __init__(self, library: Library, titles: Titles, rows: Sequence[OwnRow]) -> None:
        self._titles = titles
        self._imdb = _by_imdb(library)
        self._has_own_ids = self._agrees_with_titles(rows)
        self._has_digits_for_ids = any(map(self._is_id_alone, rows))
        unread = [row["id"] for row in rows if row["id"]] if not self._has_own_ids else []
        self.told = [f"ids like {unread[0]!r} are not this set's: read by title"] if unread else []

    def find(self, row: OwnRow) -> Match:
        """The movie of a row.

        Raises:
            UserError: it is not in the set, or which one it is cannot be told.
        """
        if self._imdb and (number := _NUMBER.fullmatch(row["imdb"])):
            return self._by_number(int(number[1]), row)
        ids = [_isbn(row["isbn"]), _isbn(row["isbn13"])]
        ids += [plain_name(row["id"])] if self._has_own_ids else []
        for one in ids:
            if (known := self._titles.number_of(one)) is not None:
                return Match(known, "")
        if row["title"]:
            return self._by_title(row)
        if row["movie"]:
            return self._by_title_or_id(row["movie"], _year(row))
        raise UserError(f"{row.label!r}: no such id" if row.label else "neither a title nor an id")

    def _by_number(self, number: int, row: OwnRow) -> Match:
        if number not in self._imdb:
            raise UserError(f"{row.label!r} (tt{number:07}): no movie of this set")
        return Match(self._imdb[number], "")

    def _by_title(self, row: OwnRow) -> Match:
        """By the title, or where the year is known by the original one."""
        year = _year(row)
        try:
            return self._titles.look_up(row["title"], year)
        except UserError:
            if not (year and row["original"]):
                raise
            with suppress(UserError):
                return self._titles.look_up(row["original"], year)
            raise

    def _by_title_or_id(self, text: str, year: int | None) -> Match:
        """Digits that are both are a title, unless others of the file can only be ids."""
        number, titled = self._titles.number_of(plain_name(text)), self._titles.called(text)
        if number is None:
            return self._titles.look_up(text, year)
        if not titled or titled == [number]:
            return Match(number, "")
        if self._has_digits_for_ids:
            return Match(number, f"{text!r}: taken for an id, as others are, not for a title")
        match = self._titles.look_up(text, year)
        return Match(match.number, match.told or f"{text!r}: taken for a title, not for an id")

    def _is_id_alone(self, row: OwnRow) -> bool:
        known = self._titles.number_of(plain_name(row["movie"])) is not None
        return known and not self._titles.called(row["movie"])

    def _agrees_with_titles(self, rows: Sequence[OwnRow]) -> bool:
        """Whether ids are this set's: most of those that it has belong to the title beside."""
        known = [
            (number, row["title"])
            for row in rows
            if (number := self._titles.number_of(plain_name(row["id"]))) is not None
        ]
        agreeing = [not title or number in self._titles.called(title) for number, title in known]
        return 2 * sum(agreeing) > len(known)


def _by_imdb(library: Library) -> dict[int, int]:
    """The number of each movie by its number at IMDb."""
    known = library.imdb_ids
    return {} if known is None else {int(one): at for at, one in enumerate(known) if one}


def _year(row: OwnRow) -> int | None:
    found = _YEAR.search(row["year"])
    return int(found[1]) if found else None


def _isbn(text: str) -> str:
    """Without what spreadsheets and people put around and into it: `="0-4390-2348-3"`."""
    return text.strip('="').replace("-", "").replace(" ", "")
