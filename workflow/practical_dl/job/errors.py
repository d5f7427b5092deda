"""What stands for a mistake that a person can mend."""

from collections.abc import Iterator
from contextlib import contextmanager


class UserError(Exception):
    """Says in one line which file or key is wrong, what is wrong with it, and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


class SettingError(UserError):
    """A setting is wrong; its message begins with the setting's own name, not with its place."""


@contextmanager
def settings_at(place: str) -> Iterator[None]:
    """Say of a wrong setting inside where in the configuration it stands.

    Raises:
        UserError: instead of a `SettingError`.
    """
    try:
        yield
    except SettingError as error:
        raise UserError(f"config: {place}.{error}") from error
