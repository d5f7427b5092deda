"""The job context, each case in a process of its own as Snakemake runs it."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from practical_dl.job.made_files import read_made
from practical_dl.job.runtime import COST

SCRIPT = """
import sys
from types import SimpleNamespace
from practical_dl.job.errors import UserError
from practical_dl.job.runtime import job

snakemake = SimpleNamespace(
    log=["logs/rule.log"], rule="make_it", wildcards=["demo"], threads=1,
    params={{"code": "0123", "rates": [0.1, 0.2]}}, output=["made.csv", "not_made.csv"],
)
with job(snakemake) as log:
    {body}
"""


def run(folder: Path, body: str) -> tuple[subprocess.CompletedProcess[str], str]:
    script = folder / "script.py"
    script.write_text(SCRIPT.format(body=body))
    result = subprocess.run(
        [sys.executable, script], cwd=folder, capture_output=True, text=True, check=False
    )
    return result, (folder / "logs/rule.log").read_text()


def test_what_a_job_prints_stands_in_its_log_and_the_terminal_stays_quiet(tmp_path: Path) -> None:
    body = 'import os; print("python"); os.system("echo from a library")'
    result, log = run(tmp_path, body)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert "python" in log
    assert "from a library" in log
    assert log.splitlines()[-1].endswith("make_it demo: done")
    assert log.splitlines()[1].endswith('settings: {"rates": [0.1, 0.2]}')


def test_a_log_tells_what_its_job_has_cost(tmp_path: Path) -> None:
    _, log = run(tmp_path, "held = bytearray(200_000_000); sum(range(3_000_000))")
    (line,) = (line for line in log.splitlines() if COST in line)
    spent = json.loads(line.partition(COST)[2])
    assert 0.05 < spent["seconds"] < 60
    assert 0 <= spent["waited"] <= spent["seconds"]
    assert 200 < spent["mb"] < 1000
    _, failed = run(tmp_path, "raise MemoryError")
    assert COST not in failed


def test_a_log_tells_the_checksum_of_what_its_job_wrote(tmp_path: Path) -> None:
    run(tmp_path, 'open("made.csv", "w").close()')
    assert read_made(tmp_path / "logs/rule.log") == {"made.csv": hashlib.sha256().hexdigest()}
    run(tmp_path, 'raise UserError("no")')
    assert read_made(tmp_path / "logs/rule.log") == {}


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('raise UserError("a.csv: row 3\\nis bad")', "error: a.csv: row 3 is bad"),
        ('open("absent.csv")', "error: absent.csv: No such file or directory"),
        ("raise MemoryError", "error: make_it demo: out of memory; lower the batch or buffer"),
    ],
)
def test_a_mistake_is_one_line_in_log_and_terminal(tmp_path: Path, body: str, line: str) -> None:
    result, log = run(tmp_path, body)
    assert result.returncode == 1
    assert result.stderr.startswith(line)
    assert result.stderr.count("\n") == 1
    assert result.stderr in log
    assert "Traceback" not in log


def test_an_interrupt_is_one_line_and_a_code_of_its_own(tmp_path: Path) -> None:
    result, log = run(tmp_path, "raise KeyboardInterrupt")
    assert result.returncode == 130
    assert result.stderr == "error: make_it demo: interrupted; run again to go on\n"
    assert "Traceback" not in log


def test_a_fault_of_ours_keeps_its_traceback_in_the_log_only(tmp_path: Path) -> None:
    result, log = run(tmp_path, "1 / 0")
    assert result.returncode == 1
    assert result.stderr == (
        "error: make_it demo: ZeroDivisionError: division by zero (traceback in logs/rule.log)\n"
    )
    assert "Traceback" in log


def test_progress_reaches_the_terminal_at_most_every_ten_seconds(tmp_path: Path) -> None:
    body = (
        "import time; log.progress(1, 8, 'images'); time.sleep(0.05); log._last_shown -= 10.5; "
        "[log.progress(done, 8, 'images') for done in (2, 4, 8)]"
    )
    result, log = run(tmp_path, body)
    assert result.stderr.startswith("make_it demo: 2 of 8 images, ")
    assert result.stderr.endswith(" images/s, 0 s left\n")
    assert result.stderr.count("\n") == 1
    assert result.stderr in log or result.stderr.strip() in log


def test_no_time_left_is_told_before_a_step_was_seen_to_pass(tmp_path: Path) -> None:
    result, _ = run(tmp_path, "log._last_shown -= 10.5; log.progress(1, 8, 'epochs')")
    assert result.stderr == "make_it demo: 1 of 8 epochs\n"


def test_what_a_job_counts_next_is_reckoned_by_itself(tmp_path: Path) -> None:
    body = (
        "import time; log.progress(3, 8, 'epochs'); log._first = (3, log._first[1] - 1000); "
        "log.progress(1, 4, 'seeds'); time.sleep(0.05); log._last_shown -= 10.5; "
        "log.progress(2, 4, 'seeds')"
    )
    result, _ = run(tmp_path, body)
    assert result.stderr.startswith("make_it demo: 2 of 4 seeds, ")
    assert result.stderr.endswith(" seeds/s, 0 s left\n")


def test_threads_reach_tensorflow_s_settings(tmp_path: Path) -> None:
    _, log = run(tmp_path, 'import os; print(os.environ["TF_NUM_INTRAOP_THREADS"])')
    assert "\n1\n" in log


def test_float32_is_float32_on_a_gpu_too(tmp_path: Path) -> None:
    body = (
        "import tensorflow as tf; from practical_dl.job.runtime import configure_tensorflow; "
        "configure_tensorflow(0); "
        "print('rounds factors:', tf.config.experimental.tensor_float_32_execution_enabled())"
    )
    _, log = run(tmp_path, body)
    assert "rounds factors: False\n" in log


def test_keras_starts_without_what_no_job_uses_and_that_can_be_had_later(tmp_path: Path) -> None:
    body = (
        "from practical_dl.job.runtime import UNUSED, configure_tensorflow; "
        "configure_tensorflow(1); "
        "print('loaded', [name for name in UNUSED if name in sys.modules]); "
        "import scipy.sparse, sklearn; print(scipy.sparse.eye(2).nnz)"
    )
    result, log = run(tmp_path, body)
    assert result.returncode == 0, log
    assert "loaded []\n2\n" in log
