"""A result that is no longer what its job wrote is noticed, by its bytes and not by its time."""

import json
import os
from pathlib import Path

import pytest

from practical_dl.job.errors import UserError
from practical_dl.job.made_files import (
    MADE,
    all_made,
    changed_files,
    checksums,
    doubts,
    read_made,
    require_places,
)

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
"""The SHA-256 of no bytes."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two results with the log of the job that made them, and a record of Snakemake's."""
    monkeypatch.chdir(tmp_path)
    for name in ("results/logs", ".snakemake/metadata"):
        Path(name).mkdir(parents=True)
    for name, text in (("a.csv", "id\n1\n"), ("b.csv", "")):
        Path("results", name).write_text(text)
    write_log("make", ["results/a.csv", "results/b.csv"])
    Path(".snakemake/metadata/record").touch()
    return tmp_path


def write_log(name: str, outputs: list[str]) -> None:
    line = f"12:00:00 {MADE}{json.dumps(checksums(outputs))}"
    Path(f"results/logs/{name}.log").write_text(f"12:00:00 started\n{line}\n12:00:00 done\n")


def test_a_log_tells_the_checksums_of_files_and_of_nothing_else(folder: Path) -> None:
    assert checksums(["results/b.csv", "results", "results/absent"]) == {"results/b.csv": EMPTY}
    assert read_made(Path("results/logs/make.log"))["results/b.csv"] == EMPTY
    assert read_made(folder / "absent.log") == {}
    Path("results/logs/make.log").write_text(f"12:00:00 {MADE}{{half a li")
    assert read_made(Path("results/logs/make.log")) == {}


def test_an_edit_that_keeps_the_time_and_the_size_is_noticed() -> None:
    assert changed_files(all_made()) == []
    path = Path("results/a.csv")
    before = path.stat()
    path.write_text("id\n2\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert changed_files(all_made()) == ["results/a.csv"]
    assert changed_files(all_made()) == ["results/a.csv"]
    path.write_text("id\n1\n")
    assert changed_files(all_made()) == []


def test_a_touch_and_a_deleted_file_are_no_edit() -> None:
    os.utime("results/a.csv", (1, 1))
    Path("results/b.csv").unlink()
    assert changed_files(all_made()) == []


def test_the_last_job_that_wrote_a_file_counts() -> None:
    os.utime("results/logs/make.log", (1, 1))
    Path("results/a.csv").write_text("id\n3\n")
    write_log("an_earlier_name", ["results/a.csv"])
    assert changed_files(all_made()) == []


def test_an_unchanged_file_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert changed_files(all_made()) == []

    def read_again(path: Path) -> str:
        raise AssertionError(path)

    monkeypatch.setattr("practical_dl.job.made_files.checksum", read_again)
    assert changed_files(all_made()) == []


def test_results_without_records_are_told() -> None:
    assert list(doubts(all_made())) == []
    Path(".snakemake/metadata/record").unlink()
    [doubt] = doubts(all_made())
    assert doubt.startswith("results: nothing is known here of how they were made")
    assert "--forceall" in doubt


def test_a_large_file_has_no_checksum_and_is_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("practical_dl.job.made_files.MOST_BYTES", 4)
    assert checksums(["results/a.csv", "results/b.csv"]) == {
        "results/a.csv": None,
        "results/b.csv": EMPTY,
    }
    write_log("make", ["results/a.csv"])
    Path("results/a.csv").write_text("id\n4\n")
    assert changed_files(all_made()) == []


def test_folders_and_files_in_each_other_s_place_are_told_at_once() -> None:
    require_places(all_made())
    Path("results/deep").mkdir()
    Path("results/deep/c.csv").write_text("")
    write_log("deep", ["results/deep/c.csv"])
    Path("results/deep/c.csv").unlink()
    Path("results/deep").rmdir()
    Path("results/deep").touch()
    Path("results/a.csv").unlink()
    Path("results/a.csv").mkdir()
    with pytest.raises(UserError) as error:
        require_places(all_made())
    assert str(error.value) == (
        "results/a.csv: is a folder where a file belongs; move it away; "
        "results/deep: is a file where a folder belongs; move it away"
    )


def test_what_may_not_be_read_or_written_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    denied = {("results", os.W_OK | os.X_OK), ("results/a.csv", os.R_OK)}
    monkeypatch.setattr(os, "access", lambda path, mode: (str(path), mode) not in denied)
    with pytest.raises(UserError) as error:
        require_places(all_made())
    assert str(error.value) == (
        "results: cannot be written to; make it writable; "
        "results/a.csv: cannot be read; make it readable"
    )
