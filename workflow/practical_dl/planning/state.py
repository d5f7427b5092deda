"""The file in which a run tells how far it is, for whoever watches it from elsewhere."""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

STATE = Path(".snakemake/progress.json")
REFRESH_SECONDS = 5.0
"""How often a run that is alive writes the file."""
SILENT_SECONDS = 60.0
"""After so long without a word a run is taken to be killed."""


@dataclass(frozen=True)
class State:
    """The line; jobs done, failed and in all; seconds left; whether the run has ended, and when
    (seconds since 1970) this was written."""

    line: str
    done: int
    failed: int
    jobs: int
    left: float
    ended: bool
    at: float

    def is_alive(self) -> bool:
        """Whether the run still goes on."""
        return not self.ended and time.time() - self.at < SILENT_SECONDS


def write_state(folder: Path, state: State) -> None:
    """Replace the file of the workflow in `folder`."""
    partial = folder / STATE.with_suffix(".partial")
    partial.write_text(json.dumps(asdict(state)), encoding="utf-8")
    partial.replace(folder / STATE)


def read_state(folder: Path) -> State | None:
    """What the last run in `folder` has told; None where none has."""
    try:
        return State(**json.loads((folder / STATE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
