"""The one exception that stands for a mistake a person can mend."""


class UserError(Exception):
    """Says in one line which file or key is wrong, what is wrong with it, and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))
