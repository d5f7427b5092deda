"""Failing resources: one line for the user, a good state, and the next run completes."""

import os
import re
import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults import tiny
from tests.faults.conftest import Tally

RATINGS = "results/movies/demo/ratings.h5"
BIAS = "results/movies/demo/bias/metrics.json"
MANIFEST = "results/images/demo/manifest.csv"
FEATURES = "results/images/demo/features/vgg_demo/labelled.h5"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny.prepared(tmp_path / "run")


def refused(folder: Path, target: str, words: str, limit: Callable[[], None] | None = None) -> None:
    """The run fails, says `words` in an `error:` line, and shows no traceback of ours."""
    done = subprocess.run(
        tiny.words(target, cores=1),
        cwd=folder,
        env=tiny.environment(folder),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
    )
    said = done.stdout + done.stderr
    assert done.returncode != 0
    lines = re.findall(r"^error: .*", said, re.MULTILINE)
    assert any(re.search(words, line) for line in lines), said[-2000:]
    assert "Traceback (most recent call last)" not in said
    assert not (folder / target).exists()
    assert not tiny.left_behind(folder)


def file_size_of(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_file_larger_than_allowed(folder: Path, tally: Tally) -> None:
    tiny.finish(folder, MANIFEST)
    refused(folder, FEATURES, "File too large|too large", file_size_of(40_000))
    tiny.finish(folder, FEATURES)
    tally("other faults survived", 1)


@contextmanager
def mounted(place: Path, options: str) -> Iterator[None]:
    """A file system of its own at `place`; skipped where mounting is not allowed."""
    place.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small file system")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk(folder: Path, tally: Tally) -> None:
    tiny.finish(folder, MANIFEST)
    kept = (folder / MANIFEST).read_bytes()
    with mounted(folder / "results/images/demo/features", "size=200k"):
        refused(folder, FEATURES, "No space left on device|full")
    assert (folder / MANIFEST).read_bytes() == kept
    tiny.finish(folder, FEATURES)
    tally("other faults survived", 1)


def test_a_read_only_results_folder(folder: Path, tally: Tally) -> None:
    with mounted(folder / "results", "ro"):
        refused(folder, BIAS, "results: cannot be written to")
    tiny.finish(folder, BIAS)
    tally("other faults survived", 1)


def test_a_file_that_vanishes_between_two_jobs(folder: Path, tally: Tally) -> None:
    tiny.finish(folder, MANIFEST)
    photo = next((folder / "data/images/demo").rglob("train/*/img_*.jpg"))
    photo.rename(folder / "elsewhere.jpg")
    refused(folder, FEATURES, f"{photo.name}.*gone")
    (folder / "elsewhere.jpg").rename(photo)
    tiny.finish(folder, FEATURES)
    tally("other faults survived", 1)


def test_a_clock_that_jumps(folder: Path, tally: Tally) -> None:
    """Sources from next year, results from long ago: the same bytes, and then nothing to do."""
    tiny.finish(folder, BIAS)
    before = tiny.digests(folder)
    later = time.time() + 365 * 86_400
    for path in (folder / "data").rglob("*"):
        os.utime(path, (later, later))
    for path in (folder / "results/movies").rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    tiny.finish(folder, BIAS)
    assert tiny.digests(folder) == before
    tally("other faults survived", 1)


def test_memory_that_ends(folder: Path, tally: Tally) -> None:
    def little() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (450_000_000, 450_000_000))

    few, many = (
        "users: 30, movies: 40, ratings: 500",
        "users: 300000, movies: 4000, ratings: 9000000",
    )
    (folder / "tiny.yaml").write_text(tiny.CONFIG.replace(few, many))
    refused(folder, RATINGS, "memory", little)
    (folder / "tiny.yaml").write_text(tiny.CONFIG)
    tiny.finish(folder, BIAS)
    tally("other faults survived", 1)


def test_two_runs_in_one_folder(folder: Path, tally: Tally) -> None:
    """The second is refused in one line and changes nothing; a killed one leaves no lock."""
    first = subprocess.Popen(
        tiny.words("all"), cwd=folder, env=tiny.environment(folder), stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 60
        while not (folder / ".snakemake/run.lock").exists():
            assert time.monotonic() < deadline, "the first run did not get the lock"
            time.sleep(0.05)
        second = tiny.run(folder)
    finally:
        first.kill()
        first.wait()
    assert second.returncode != 0
    said = [line for line in second.stderr.splitlines() if line.startswith("error:")]
    assert said == [
        f"error: another run (process {first.pid}) works in this folder; wait for it or end it"
    ]
    assert "Traceback" not in second.stderr
    tiny.finish(folder, MANIFEST)
    tally("other faults survived", 1)
