"""How far a run is: its line in a terminal, the file that is watched, and a run that fails."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import threading
from pathlib import Path

import pytest
from tests.conftest import copy_workflow

from practical_dl import cli
from practical_dl.planning.state import read_state

CONFIG = """
run: {images: [], movies: [demo], reviews: [], characters: []}
movies: {demo: {source: {demo: {users: 30, movies: 40, ratings: 1200}}}}
"""
TARGET = "results/movies/demo/bias/predictions.csv"
BROKEN = 'raise RuntimeError("broken on purpose")'


def run_in_terminal(folder: Path, *words: str) -> tuple[int, str]:
    """The exit code of Snakemake, and all that it writes to a terminal of 24 rows."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = os.environ | {"PYTHONPATH": str(folder / "workflow"), "TERM": "xterm"}
    command = [sys.executable, "-m", "snakemake", *words, "--cores", "2"]
    process = subprocess.Popen(
        [*command, "--configfile", "tiny.yaml"],
        cwd=folder, env=environment, stdout=slave, stderr=slave,
    )  # fmt: skip
    os.close(slave)
    heard: list[bytes] = []
    reader = threading.Thread(target=_read_all, args=(master, heard))
    reader.start()
    code = process.wait(timeout=300)
    reader.join(timeout=30)
    os.close(master)
    return code, b"".join(heard).decode()


def _read_all(master: int, heard: list[bytes]) -> None:
    try:
        while block := os.read(master, 1 << 16):
            heard.append(block)
    except OSError:  # the terminal's other side is closed
        return


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, str]:
    folder = copy_workflow(tmp_path_factory.mktemp("ran"))
    (folder / "tiny.yaml").write_text(CONFIG)
    return folder, *run_in_terminal(folder, TARGET)


def test_the_line_stays_in_the_last_row_until_the_run_ends(ran: tuple[Path, int, str]) -> None:
    _, code, told = ran
    assert code == 0, told
    line = "\033[24;1H\033[2K"
    assert told.count(line) >= 2
    assert re.search(rf"{re.escape(line)}[0-3] of 4 jobs, about ", told)
    assert " left, now: " in told
    *_, last = told.split("\0337")
    assert last.startswith(f"\033[r{line}\0338"), "the terminal is given back"


def test_an_ended_run_is_told_by_watch(
    ran: tuple[Path, int, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, _, _ = ran
    assert cli.main(["watch", str(folder)]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Nothing runs here now; the last run ended at ")
    assert told.endswith(": 4 of 4 jobs\n")
    assert cli.main(["watch", str(folder), "--json"]) == 0
    assert '"done": 4' in capsys.readouterr().out


def test_where_nothing_ever_ran_watch_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["watch", str(tmp_path)]) == 1
    assert "no Snakefile in it; give the workflow's folder" in capsys.readouterr().err
    (tmp_path / "Snakefile").touch()
    assert cli.main(["watch", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "Nothing runs here, and nothing has yet.\n"


def test_a_failed_job_is_an_error_as_ever(ran: tuple[Path, int, str], tmp_path: Path) -> None:
    del ran  # so that two runs do not share the cores
    folder = copy_workflow(tmp_path)
    (folder / "tiny.yaml").write_text(CONFIG)
    script = folder / "workflow/scripts/movies/ratings/split_ratings.py"
    script.write_text(f"{script.read_text()}\n{BROKEN}\n")
    code, told = run_in_terminal(folder, TARGET)
    assert code == 1
    assert "Error in rule split_ratings" in told
    state = read_state(folder)
    assert state
    assert (state.ended, state.failed, state.line) == (True, 1, "2 of 4 jobs, 1 failed")


def test_progress_is_not_shown_where_it_was_not_asked_for(
    ran: tuple[Path, int, str], tmp_path: Path
) -> None:
    del ran
    folder = copy_workflow(tmp_path)
    (folder / "tiny.yaml").write_text(CONFIG)
    code, told = run_in_terminal(folder, TARGET, "--quiet", "all")
    assert code == 0
    assert "\033" not in told
