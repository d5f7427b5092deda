"""What the classes and groups of a review set are called, and how its source was read."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from practical_dl.files.artefacts import read_json, write_json
from practical_dl.job.errors import UserError

CLASSES = ("neg", "pos")
"""Of aclImdb; a label is a place in such a tuple."""

FILM = "film"


@dataclass(frozen=True)
class About:
    """A review set in words.

    `classes` are the values of `true` in predictions, by label; `shown` their names on pages;
    `group` what reviews are grouped by, '' for nothing; `text` the column of texts in a person's
    own table, '' where the source is none; `told` what the job that read the source found out;
    `scale` numbers by class where a mistake counts by how far off it is, else ().
    """

    classes: tuple[str, ...]
    shown: tuple[str, ...]
    group: str
    text: str = ""
    told: tuple[str, ...] = ()
    scale: tuple[float, ...] = ()

    @property
    def units(self) -> str:
        """What is held out and resampled as a whole."""
        if not self.group:
            return "reviews"
        return "films" if self.group == FILM else "groups"

    def adjective(self, label: int) -> str:
        """Before "review": `negative` of the films, the class in quotes of other tables."""
        return f"'{self.shown[label]}'" if self.text else self.shown[label]

    def a(self, label: int) -> str:
        """The adjective with its article."""
        vowel = self.shown[label][:1].lower() in tuple("aeiou")
        return f"{'an' if vowel else 'a'} {self.adjective(label)}"


FILMS = About(CLASSES, ("negative", "positive"), FILM)
"""The reviews of films that aclImdb and the demo hold."""


def write_about(path: str | Path, about: About) -> None:
    write_json(path, asdict(about))


def read_about(path: str | Path) -> About:
    """Read what `write_about` wrote.

    Raises:
        UserError: the file is absent, damaged or of another contract.
    """
    content = read_json(path, ["classes", "shown", "group", "text", "told", "scale"])
    classes, shown, told = (_texts(content[key]) for key in ("classes", "shown", "told"))
    if len(classes) < 2 or len(shown) != len(classes):
        raise UserError(f"{path}: no names of two classes; delete it and run again")
    scale = _numbers(content["scale"])
    if len(scale) not in (0, len(classes)):
        raise UserError(f"{path}: scale has not a number for each class; delete it and run again")
    return About(classes, shown, str(content["group"]), str(content["text"]), told, scale)


def about_near(path: Path) -> About:
    """That of the set to which a result in a folder below it belongs; of films where none is."""
    for folder in path.absolute().parents[:3]:
        if (folder / "about.json").is_file():
            return read_about(folder / "about.json")
    return FILMS


def _numbers(values: Any) -> tuple[float, ...]:
    if not isinstance(values, Sequence):
        return ()
    return tuple(float(value) for value in values if isinstance(value, int | float))


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(map(str, values)) if isinstance(values, Sequence) else ()
