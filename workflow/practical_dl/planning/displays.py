"""Where the line of a run's progress is shown: in a terminal's last row, or as lines."""

import os
import time
from typing import Protocol, TextIO

EVERY_SECONDS = 60.0
TENTHS_SECONDS = 10.0
"""Lines at every tenth of the jobs are at least so far apart."""
FEWEST_ROWS = 3
SAVE, RESTORE, CLEAR, ALL_ROWS = "\0337", "\0338", "\033[2K", "\033[r"


class Display(Protocol):
    """Shows the newest line; `share` of the run is done."""

    def show(self, line: str, share: float) -> None: ...

    def close(self) -> None: ...


def display_on(stream: TextIO) -> Display:
    """The last row of a terminal; of a pipe, a file or a plain terminal, lines."""
    if stream.isatty() and os.environ.get("TERM", "dumb") != "dumb":
        return LastRow(stream)
    return Lines(stream)


class LastRow:
    """Keeps a terminal's last row, whatever scrolls above it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._size: os.terminal_size | None = None

    def show(self, line: str, share: float) -> None:  # noqa: ARG002
        size = os.get_terminal_size(self._stream.fileno())
        if size.lines < FEWEST_ROWS:
            return
        text = f"{SAVE}\033[{size.lines};1H{CLEAR}{line[: size.columns - 1]}{RESTORE}"
        if size != self._size:
            text = f"\n{SAVE}\033[1;{size.lines - 1}r{RESTORE}\033[1A{text}"
            self._size = size
        self._write(text)

    def close(self) -> None:
        if self._size is not None:
            self._write(f"{SAVE}{ALL_ROWS}\033[{self._size.lines};1H{CLEAR}{RESTORE}")
            self._size = None

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()


class Lines:
    """Prints a line at every tenth of a run, and once a minute."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._last = time.monotonic()
        self._tenth = 0

    def show(self, line: str, share: float) -> None:
        since = time.monotonic() - self._last
        tenth = int(10 * share)
        if since >= EVERY_SECONDS or (tenth > self._tenth and since >= TENTHS_SECONDS):
            print(f"progress: {line}", file=self._stream, flush=True)
            self._last, self._tenth = time.monotonic(), tenth

    def close(self) -> None:
        pass
