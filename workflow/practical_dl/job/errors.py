"""Errors that the user can fix."""

from collections.abc import Iterator
from contextlib import contextmanager


class UserError(Exception):
    """Says in one line which file or key is wrong, what is wrong with it, and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


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
