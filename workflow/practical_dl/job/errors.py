"""Errors that the user can fix, and their wording."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

MOST_NAMED = 10
_LINE_BREAKS = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+\s*")
"""With the blanks around them; other blanks may be of a name."""


class UserError(Exception):
    """Says in one line which file or key is wrong, what is wrong with it, and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(_LINE_BREAKS.sub(" ", message).strip())


class SettingError(UserError):
    """A wrong setting; its message begins with the setting's name, not with the path to it."""


@contextmanager
def settings_at(place: str) -> Iterator[None]:
    """Add the path in the configuration to the message of a wrong setting inside.

    Raises:
        UserError: instead of a `SettingError`.
    """
    try:
        yield
    except SettingError as error:
        raise UserError(f"config: {place}.{error}") from error


def counted(number: int, thing: str, things: str = "") -> str:
    """A number with its noun: `1 picture`, `2,000 pictures`, `3 classes`."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def named(names: Iterable[object]) -> str:
    """The first names of a list, and how many more there are."""
    listed = [str(name) for name in names]
    more = len(listed) - MOST_NAMED
    shown = ", ".join(listed[:MOST_NAMED])
    return f"{shown} and {more:,} more" if more > 0 else shown
