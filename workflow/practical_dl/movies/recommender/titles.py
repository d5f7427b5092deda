"""Finding a movie by what a person would type: its id, its title, with or without the year."""

import difflib
import re
from collections.abc import Sequence

from practical_dl.job.errors import UserError

ARTICLES = "the|a|an|le|la|les|l'|il|el|der|die|das"
AT_THE_END = re.compile(rf"^(.*), ({ARTICLES})$")
IN_FRONT = re.compile(rf"^({ARTICLES})\b ?")
YEAR = re.compile(r"\s*\((\d{4})[^)]*\)\s*$")
NEAREST = 3


class Titles:
    """Titles of a catalogue, each with and without its year and its article."""

    def __init__(self, movie_ids: Sequence[object], titles: Sequence[str]) -> None:
        self._ids = {str(movie): number for number, movie in enumerate(movie_ids)}
        self._names = list(self._ids)
        self._titles = list(titles)
        self._numbers: dict[str, list[int]] = {}
        for number, title in enumerate(titles):
            plain = _plain(title)
            bare = YEAR.sub("", plain)
            for name in {plain, bare, IN_FRONT.sub("", plain), IN_FRONT.sub("", bare)}:
                self._numbers.setdefault(name, []).append(number)

    def find(self, text: str) -> int:
        """The number of the movie that `text` names: an id, or a title.

        Case does not matter, and 'The Matrix' is 'Matrix, The (1999)'.

        Raises:
            UserError: no movie is called that (names the nearest titles), or several are.
        """
        wanted = text.strip()
        if wanted in self._ids:
            return self._ids[wanted]
        plain = _plain(wanted)
        found = self._numbers.get(plain) or self._numbers.get(IN_FRONT.sub("", plain), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise UserError(f"{wanted!r}: {len(found)} movies; {self._told_apart(found)}")
        nearest = self._nearest(wanted)
        hint = f"the nearest titles: {nearest}" if nearest else "no title is like it"
        raise UserError(f"{wanted!r}: no such movie; {hint}")

    def _told_apart(self, found: Sequence[int]) -> str:
        """How to name one of several movies: by the year, or by the id where titles are equal."""
        titles = [self._titles[number] for number in found]
        if len(set(titles)) == len(titles):
            return f"add the year: {', '.join(map(repr, titles))}"
        named = ", ".join(f"{self._names[number]} ({self._titles[number]!r})" for number in found)
        return f"give the id: {named}"

    def _nearest(self, wanted: str) -> str:
        plain = _plain(wanted)
        inside = [name for name in self._numbers if plain and plain in name]
        close = difflib.get_close_matches(plain, self._numbers, n=NEAREST, cutoff=0.5)
        names = dict.fromkeys([*close, *sorted(inside, key=len)])
        numbers = dict.fromkeys(number for name in names for number in self._numbers[name])
        return ", ".join(repr(self._titles[number]) for number in list(numbers)[:NEAREST])


def _plain(title: str) -> str:
    """Lower case, the article in front, one blank between words."""
    name = " ".join(title.lower().split())
    year = YEAR.search(name)
    body = YEAR.sub("", name)
    if moved := AT_THE_END.match(body):
        joint = "" if moved[2].endswith("'") else " "
        body = f"{moved[2]}{joint}{moved[1]}"
    return f"{body} ({year[1]})" if year else body
