"""The names under which tables of other people know our pictures.

A table may call `train/cat/007.jpg` so, or `007.jpg`, `cat/007`, `007` or `7`. One scheme holds for
a whole table: the first by which all of its pictures are found, each once.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

from practical_dl.images.pictures.formats import SUFFIXES

SUFFIX = re.compile(f"({'|'.join(map(re.escape, SUFFIXES))})$", re.IGNORECASE)
NUMBER = re.compile(r"0*(\d+)(\.0+)?")


def clean_text(text: str) -> str:
    """Text without blanks around it, each run of blanks one, in Unicode's composed form (NFC)."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _path(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().replace("\\", "/").removeprefix("./")


def _file_name(name: str) -> str:
    return _path(name).rsplit("/", 1)[-1]


def _without_suffix(name: str) -> str:
    return SUFFIX.sub("", _path(name))


def _stem(name: str) -> str:
    return SUFFIX.sub("", _file_name(name))


def _number(name: str) -> str:
    stem = _stem(name)
    found = NUMBER.fullmatch(stem)
    return found[1] if found else stem


SCHEMES: dict[str, Callable[[str], str]] = {
    "name": _path,
    "file name": _file_name,
    "name without suffix": _without_suffix,
    "file name without suffix": _stem,
    "number": _number,
}
"""What of a name is compared, on both sides; the strictest first."""


def found_in(wanted: Sequence[str], there: Sequence[str], scheme: str) -> list[list[int]]:
    """Of each name of `wanted` the positions in `there` that it fits by a scheme."""
    key = SCHEMES[scheme]
    places: dict[str, list[int]] = {}
    for position, name in enumerate(there):
        places.setdefault(key(name), []).append(position)
    return [places.get(key(name), []) for name in wanted]
