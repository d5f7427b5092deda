"""What the commands print to."""

from rich.console import Console

WIDE = 10_000


def new_console() -> Console:
    """As wide as the terminal; into a pipe or a file as wide as its lines, so nothing is broken."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDE
    return console
