"""Finding a movie by what a person would write: its id, or its title, with or without the year."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from practical_dl.job.errors import UserError
from practical_dl.movies.recommender.nearest import Nearest
from practical_dl.movies.recommender.title_names import (
    Title,
    form,
    heads,
    loose,
    tails,
    take_apart,
    without_article,
    without_owner,
)

NEAREST = 3
LONGEST_SHOWN = 60
WELL_KNOWN = 0.9
"""Share of movies with fewer ratings than one that a part of its title is enough for."""

_YEAR_BEHIND = re.compile(r"(.*\S)[\s,]+((?:18|19|20)\d{2})")
_Index = dict[str, list[int]]


class Match(NamedTuple):
    """A movie's number, and what to tell the person about it ('' where it is plain)."""

    number: int
    told: str


class Titles:
    """The movies of a catalogue by every name that they go by."""

    def __init__(
        self,
        movie_ids: Sequence[object],
        titles: Sequence[str],
        years: Sequence[int | None] = (),
        counts: Sequence[int] = (),
    ) -> None:
        """Take in the movies by number.

        Args:
            years: of the movies, where the title has none. counts: ratings of each, by which
                one of several of the same name is chosen; without them none is.
        """
        self._ids = {str(movie): number for number, movie in enumerate(movie_ids)}
        self._names = list(self._ids)
        self._titles = list(titles)
        self._counts = list(counts) or [0] * len(self._titles)
        self._years: list[int | None] = []
        self._own: _Index = {}
        self._other: _Index = {}
        self._apart: list[Title] = []
        for number, title in enumerate(titles):
            self._add(number, take_apart(title), years[number] if years else None)

    def _add(self, number: int, title: Title, year: int | None) -> None:
        self._years.append(title.year or year)
        self._apart.append(title)
        main = form(title.main)
        own = {form(title.text), main, form(title.bare), without_article(main)}
        others = {form(name) for name in title.others}
        others |= set(map(without_article, others))
        _enter(self._own, own, number)
        _enter(self._other, others - own, number)

    def find(self, text: str) -> int:
        """The number of the movie that `text` names: an id, or a title.

        Case does not matter, and 'The Matrix' is 'Matrix, The (1999)'.

        Raises:
            UserError: as `look_up`, or it is the id of one movie and the title of another.
        """
        wanted = text.strip()
        number, titled = self.number_of(wanted), self.called(wanted)
        if number is None:
            return self.look_up(wanted).number
        if titled and titled != [number]:
            raise UserError(
                f"{wanted!r}: the id of {self._titles[number]!r}, and the title of "
                f"{self._titles[titled[0]]!r}; write the title with its year"
            )
        return number

    def number_of(self, movie_id: str) -> int | None:
        """The number of the movie with this id."""
        return self._ids.get(movie_id)

    def called(self, text: str) -> list[int]:
        """The numbers of the movies with exactly this title, but for case, marks and the year."""
        return self._own.get(form(take_apart(text).text), [])

    def look_up(self, text: str, year: int | None = None) -> Match:
        """The movie with this title; in brackets behind it may stand its year, or other names.

        A year must be right, or wrong by one if nothing else is called so, which is told. Without
        a year the movie with most ratings is taken of several, which is told too.

        Raises:
            UserError: no movie is called that (names the nearest titles), or several are.
        """
        title = take_apart(text)
        year = title.year or year
        match = self._of_year(title, year) if year else self._of_any_year(title)
        if match is None and not year and (behind := _YEAR_BEHIND.fullmatch(title.text)):
            match = self._of_year(take_apart(behind[1]), int(behind[2]))
        if match is None:
            shown = _shown(f"{title.text} ({year})" if year else text)
            raise UserError(f"{shown}: no such movie; {self._hint(title.main)}")
        return match

    def _of_any_year(self, title: Title) -> Match | None:
        own, other, alike = self._by_certainty(title)
        if own:
            like = [] if title.others else self._but_for_blanks(title)
            return self._best(_shown(title.text), _distinct([*own, *like]))
        found = other or alike
        return self._taken(_shown(title.text), found, "") if found else None

    def _of_year(self, title: Title, year: int) -> Match | None:
        shown = _shown(f"{title.text} ({year})")
        found = list(self._by_certainty(title))
        others = chain.from_iterable(map(self._by_certainty, map(take_apart, title.others)))
        for numbers in chain(found, others):
            if of_year := [number for number in numbers if self._years[number] == year]:
                return self._best(shown, of_year)
        if undated := [number for number in found[0] if self._years[number] is None]:
            return self._taken(shown, undated, ", whose year is not known")
        for numbers in found:
            if near := [
                number for number in numbers if abs((self._years[number] or 0) - year) == 1
            ]:
                return self._taken(shown, near, ", a year off")
        part = self._only_part(title, year)
        return self._taken(shown, part, ", whose title has more or less") if part else None

    def _by_certainty(self, title: Title) -> Iterator[list[int]]:
        """The movies called so by their own name, by another one, and but for blanks and signs."""
        whole, main = form(title.text), form(title.main)
        bare = without_article(main)
        yield self._own.get(whole) or self._own.get(main, [])
        yield _distinct([*self._own.get(bare, []), *_all(self._other, (main, bare))])
        yield _distinct(_all(self._loose, map(loose, (main, bare))))

    def _but_for_blanks(self, title: Title) -> list[int]:
        """The movies whose own name has the same letters: 'Old Boy' for 'Oldboy'."""
        letters = loose(form(title.main))
        return [
            number
            for number in self._loose.get(letters, [])
            if loose(form(self._apart[number].main)) == letters
        ]

    @cached_property
    def _loose(self) -> _Index:
        index: _Index = {}
        for names in (self._own, self._other):
            for name, numbers in names.items():
                index.setdefault(loose(name), []).extend(numbers)
        return index

    @cached_property
    def _few(self) -> int:
        """The ratings of a movie that is not well known, at most."""
        return sorted(self._counts)[int(WELL_KNOWN * len(self._counts))]

    @cached_property
    def _parts(self) -> _Index:
        """Of the well-known movies: a film named as a part of another's title may be its rival."""
        index: _Index = {}
        for number, title in enumerate(self._apart):
            if self._counts[number] > self._few:
                name = title.main
                _enter(index, [*heads(name), *tails(name), *without_owner(name)], number)
        return index

    def _only_part(self, title: Title, year: int) -> list[int]:
        """The one well-known movie of a year of whose title this is a part, or the other way.

        'Star Wars' (1977), "Marvel's The Avengers" (2012), and of the parts of a series the one
        that ends alike. [] if there is none, or there are several.
        """
        found = list(self._parts.get(form(title.main), []))
        own = _all(self._own, without_owner(title.main))
        found += [number for number in own if self._counts[number] > self._few]
        found += set(_all(self._parts, heads(title.main))) & set(
            _all(self._parts, tails(title.main))
        )
        of_year = _distinct([number for number in found if self._years[number] == year])
        return of_year if len(of_year) == 1 else []

    def _taken(self, shown: str, found: Sequence[int], why: str) -> Match:
        """The best of movies that are not called quite so, which is told."""
        match = self._best(shown, found)
        taken = f"{shown}: taken for {self._titles[match.number]!r}{why}"
        return Match(match.number, match.told or taken)

    def _best(self, shown: str, found: Sequence[int]) -> Match:
        """The movie with most ratings.

        Raises:
            UserError: several have as many.
        """
        first, *others = sorted(found, key=lambda number: -self._counts[number])
        if not others:
            return Match(first, "")
        if self._counts[others[0]] == self._counts[first]:
            raise UserError(f"{shown}: {len(found)} movies; {self._told_apart(found)}")
        taken, *passed = self._labels([first, *others[:NEAREST]])
        told = f"taken for {taken}, the most rated, not {' or '.join(passed)}"
        return Match(first, f"{shown}: {told}")

    def _told_apart(self, found: Sequence[int]) -> str:
        """How to name one of several movies: by the year, or by the id where titles are equal."""
        is_told = len({self._titles[number] for number in found}) == len(found)
        return f"{'add the year' if is_told else 'give the id'}: {', '.join(self._labels(found))}"

    def _labels(self, found: Sequence[int]) -> list[str]:
        titles = [self._titles[number] for number in found]
        if len(set(titles)) == len(titles):
            return [repr(title) for title in titles]
        return [f"{self._names[number]} ({self._titles[number]!r})" for number in found]

    def _hint(self, main: str) -> str:
        nearest, numbers = self._nearest
        places = nearest.find(without_article(form(main)), 2 * NEAREST)
        near = _distinct([numbers[place] for place in places])[:NEAREST]
        listed = ", ".join(repr(self._titles[number]) for number in near)
        return f"the nearest titles: {listed}" if near else "no title is like it"

    @cached_property
    def _nearest(self) -> tuple[Nearest, list[int]]:
        """All names, those of the most rated movies first, and the movie of each."""
        numbers = sorted(range(len(self._apart)), key=lambda number: -self._counts[number])
        named = [
            (without_article(form(name)), number)
            for number in numbers
            for name in (self._apart[number].main, *self._apart[number].others)
        ]
        return Nearest([name for name, _ in named]), [number for _, number in named]


def _enter(index: _Index, names: Iterable[str], number: int) -> None:
    for name in dict.fromkeys(names):
        index.setdefault(name, []).append(number)


def _all(index: _Index, names: Iterable[str]) -> list[int]:
    return [number for name in names for number in index.get(name, [])]


def _distinct(numbers: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(numbers))


def _shown(text: str) -> str:
    return repr(text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "...")
