"""How far a run is, and the line that says so."""

import io
import json
import logging
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.unit.planning.jobs import job

from practical_dl.planning import displays
from practical_dl.planning.displays import LastRow, Lines, display_on
from practical_dl.planning.following import Follower
from practical_dl.planning.progress import TRUSTED_SECONDS, Progress, plain, rounded
from practical_dl.planning.state import SILENT_SECONDS, STATE, State, read_state, write_state

LOGS = [f"results/logs/{name}.log" for name in "abc"]


def three() -> Progress:
    """a, then b; c beside them; 100 s each."""
    jobs = [job("a"), job("b", ("a.out",)), job("c")]
    return Progress(jobs, [100, 100, 100], 2)


def test_before_anything_has_run_the_plan_s_estimate_stands() -> None:
    progress = three()
    assert progress.left(0) == 200
    assert progress.text(0) == "0 of 3 jobs, about 3 min left"


def test_jobs_at_work_count_as_far_as_they_are() -> None:
    progress = three()
    progress.start(LOGS[0], 0)
    progress.start(LOGS[2], 0)
    assert progress.left(30) == 170
    assert progress.text(30) == "0 of 3 jobs, about 3 min left, now: c"


def test_what_ran_slower_than_expected_lengthens_the_rest() -> None:
    progress = three()
    progress.start(LOGS[0], 0)
    progress.end(LOGS[0], 200)
    pace = (200 + TRUSTED_SECONDS) / (100 + TRUSTED_SECONDS)
    assert progress.pace(200) == pytest.approx(pace)
    assert progress.left(200) == pytest.approx(100 * pace)
    assert progress.done() == "1 of 3 jobs"


def test_a_job_that_is_late_is_expected_to_take_longer_still() -> None:
    progress = three()
    progress.start(LOGS[0], 0)
    progress.start(LOGS[2], 0)
    pace = (2 * 300 + TRUSTED_SECONDS) / (2 * 100 + TRUSTED_SECONDS)
    assert progress.left(300) == pytest.approx(150 + 100 * pace)


def test_a_failed_job_is_told_and_may_be_tried_again() -> None:
    progress = three()
    progress.start(LOGS[0], 0)
    progress.fail(LOGS[0])
    assert progress.text(5).startswith("0 of 3 jobs, 1 failed, about")
    progress.start(LOGS[0], 10)
    progress.end(LOGS[0], 20)
    assert progress.done() == "1 of 3 jobs"
    progress.start("results/logs/unknown.log", 0)
    progress.end("results/logs/unknown.log", 0)
    assert progress.done() == "1 of 3 jobs"


def test_the_end_has_nothing_left() -> None:
    progress = three()
    for log in LOGS:
        progress.start(log, 0)
        progress.end(log, 1)
    assert (progress.text(1), progress.left(1)) == ("3 of 3 jobs", 0)


def test_names_and_times_are_as_people_say_them() -> None:
    one = job("x")
    named = SimpleNamespace(**{**vars(one), "log": "results/logs/images/pets/fit_head_vgg16.log"})
    assert plain(named) == "fit head vgg16 of pets"  # type: ignore[arg-type]
    assert plain(one) == "x"
    assert [rounded(seconds) for seconds in (3, 44, 89, 100, 5000, 6000)] == [
        "10 s", "40 s", "90 s", "2 min", "83 min", "1.7 h",
    ]  # fmt: skip


def test_lines_come_at_tenths_and_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(displays.time, "monotonic", lambda: now[0])
    stream = io.StringIO()
    lines = display_on(stream)
    assert isinstance(lines, Lines)
    for seconds, share in ((1, 0.0), (5, 0.5), (12, 0.5), (13, 0.55), (20, 0.9), (72, 0.59)):
        now[0] = seconds
        lines.show(f"at {seconds}", share)
    lines.close()
    assert stream.getvalue() == "progress: at 12\nprogress: at 72\n"


def test_the_last_row_is_kept_and_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    size = displays.os.terminal_size((20, 10))
    monkeypatch.setattr(displays.os, "get_terminal_size", lambda _: size)
    stream = io.StringIO()
    monkeypatch.setattr(stream, "fileno", lambda: 2)
    row = LastRow(stream)
    row.close()
    assert stream.getvalue() == ""
    row.show("112 of 118 jobs, about 2 min left", 0.9)
    assert stream.getvalue() == (
        "\n\0337\033[1;9r\0338\033[1A\0337\033[10;1H\033[2K112 of 118 jobs, ab\0338"
    )
    row.close()
    assert stream.getvalue().endswith("\0337\033[r\033[10;1H\033[2K\0338")


def test_the_file_tells_whether_a_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / STATE).parent.mkdir()
    assert read_state(tmp_path) is None
    state = State("1 of 3 jobs", 1, 0, 3, 9.5, False, 1000.0)
    write_state(tmp_path, state)
    assert read_state(tmp_path) == state
    assert [path.name for path in (tmp_path / STATE).parent.iterdir()] == [STATE.name]
    monkeypatch.setattr("time.time", lambda: 1000.0 + SILENT_SECONDS - 1)
    assert state.is_alive()
    monkeypatch.setattr("time.time", lambda: 1000.0 + SILENT_SECONDS)
    assert not state.is_alive()
    (tmp_path / STATE).write_text(json.dumps({"line": 1}))
    assert read_state(tmp_path) is None


def test_whatever_goes_wrong_harms_no_run(capsys: pytest.CaptureFixture[str]) -> None:
    follower = Follower(SimpleNamespace(dryrun=False))
    record = logging.makeLogRecord({"event": "run_info", "msg": "x"})
    follower.handle(record)
    follower.handle(logging.makeLogRecord({"event": "job_info"}))
    follower.close()
    assert capsys.readouterr() == ("", "")
