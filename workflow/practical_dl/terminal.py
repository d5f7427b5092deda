"""What the commands print to."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

WIDE = 10_000


def new_console() -> Console:
    """As wide as the terminal; into a pipe or a file as wide as its lines, so nothing is broken."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDE
    return console


@contextmanager
def quiet_errors() -> Iterator[None]:
    """Nothing reaches file descriptor 2: TensorFlow's import writes to it whatever is set."""
    sys.stderr.flush()
    saved = os.dup(2)
    try:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
