"""Console output of the commands."""

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

Item = TypeVar("Item")
WIDE = 10_000


def new_console() -> Console:
    """A console as wide as the terminal; in a pipe or file so wide that no line is broken."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = WIDE
    return console


def print_table(console: Console, table: Table) -> None:
    """Print a table; into a pipe or file without trailing blanks."""
    if console.is_terminal:
        console.print(table)
        return
    with console.capture() as captured:
        console.print(table)
    for line in captured.get().splitlines():
        console.print(Text(line.rstrip()), soft_wrap=True)


def with_bar(items: Iterable[Item], total: int) -> Iterable[Item]:
    """Yield `items` with a progress bar on the terminal's standard error, removed at the end."""
    console = Console(stderr=True)
    return track(items, "", total, console=console, transient=True, disable=not console.is_terminal)


def print_json(content: Mapping[Any, Any]) -> None:
    """Print an object as one line of JSON Lines."""
    print(json.dumps(content, ensure_ascii=False), flush=True)


@contextmanager
def quiet_errors() -> Iterator[None]:
    """Silence file descriptor 2: TensorFlow's import writes to it whatever is set."""
    sys.stderr.flush()
    saved = os.dup(2)
    try:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
