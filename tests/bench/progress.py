"""How true the line of a run's progress is: watches a run in FOLDER until it ends.

    python -m tests.bench.progress FOLDER

prints what the line said at the start and at each quarter of the time that the run then took.
"""

import sys
import time
from pathlib import Path

from practical_dl.planning.state import State, read_state

EVERY_SECONDS = 1.0
QUARTERS = (0.0, 0.25, 0.5, 0.75)


def main(folder: Path) -> None:
    told: list[State] = []
    while (state := read_state(folder)) is None or not state.is_alive():
        time.sleep(EVERY_SECONDS)
    while state and state.is_alive():
        told.append(state)
        time.sleep(EVERY_SECONDS)
        state = read_state(folder)
    first, last = told[0].at, (state or told[-1]).at
    for share in QUARTERS:
        now = first + share * (last - first)
        one = max((state for state in told if state.at <= now), key=lambda state: state.at)
        left = last - one.at
        error = one.left / left - 1
        print(f"at {share:4.0%}: said {one.left:.0f} s, was {left:.0f} s ({error:+.0%})")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
