"""Killed again and again on two cores, the run ends in the bytes of one core left alone.

PRACTICAL_DL_KILLS says how many times; the moments are drawn by a seed.
"""

import os
import signal
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

from tests.faults import tiny
from tests.faults.conftest import Tally

KILLS = int(os.environ.get("PRACTICAL_DL_KILLS", "3"))
LONGEST = 25.0


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tiny.prepared(tmp_path_factory.mktemp("undisturbed"))
    tiny.finish(folder, cores=1)
    for end in tiny.ENDS:
        assert (folder / end).is_file(), end
    return tiny.digests(folder)


def killed(folder: Path, seconds: float) -> bool:
    """Start the run; after `seconds` kill all its processes. False where it had ended before."""
    process = subprocess.Popen(
        tiny.words("all"),
        cwd=folder,
        env=tiny.environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    ended = process.poll() is not None
    if not ended:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return not ended


def differing(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_killed_at_random_moments_two_cores_end_in_the_bytes_of_one(
    undisturbed: dict[str, str], tmp_path: Path, tally: Tally
) -> None:
    folder = tiny.prepared(tmp_path / "storm")
    rng = np.random.default_rng(0)
    for _ in range(KILLS):
        if not killed(folder, float(rng.uniform(3, LONGEST))):
            break
        tally("kills survived", 1)
    tiny.finish(folder)
    assert not tiny.left_behind(folder)
    assert differing(undisturbed, tiny.digests(folder)) == []
    tally("artefacts compared byte for byte", len(undisturbed))
