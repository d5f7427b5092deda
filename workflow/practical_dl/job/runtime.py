"""The running job: its log, errors, progress, seeds, threads and device.

The one place where TensorFlow is configured. Import Keras only inside a `job` block (or after
`configure_tensorflow`), because the settings are read when TensorFlow starts.
"""

import gc
import importlib
import json
import os
import re
import resource
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO, TypeVar

from practical_dl.job.errors import UserError
from practical_dl.job.made_files import MADE, checksums

Item = TypeVar("Item")
PROGRESS_SECONDS = 10.0
UNUSED = ("matplotlib", "scipy", "sklearn")
"""Imported by Keras where they are there, for plots of boxes and to look like scikit-learn."""
SETTINGS = "settings: "
COST = "cost: "
MEGABYTE = 1e6 if sys.platform == "darwin" else 1e3
"""Peak memory is told in bytes by macOS, in kilobytes elsewhere."""


class Log:
    """The job's log file, and the few lines of it that a person at the terminal sees."""

    def __init__(self, name: str, file: TextIO, terminal: TextIO) -> None:
        self.name = name
        self._file = file
        self._terminal = terminal
        self._last_shown = time.monotonic()
        self._first: tuple[int, float] | None = None

    def info(self, text: str) -> None:
        """Write a line with the time to the log file."""
        print(time.strftime("%H:%M:%S"), text, file=self._file, flush=True)

    def show(self, text: str) -> None:
        """Write a line to the log file and to the terminal."""
        self.info(text)
        print(f"{self.name}: {text}", file=self._terminal, flush=True)

    def error(self, text: str) -> None:
        """Write one `error: ...` line to the log file and the terminal."""
        for stream in (self._file, self._terminal):
            print(f"error: {text}", file=stream, flush=True)

    def progress(self, done: int, total: int, unit: str) -> None:
        """Log how far the job is; the terminal gets a line at most every 10 seconds.

        The time left is computed from the progress since the first call, so that the start of
        TensorFlow and the tracing of the first step do not count. A number that does not rise
        begins anew.
        """
        now = time.monotonic()
        if self._first is None or done <= self._first[0]:
            self._first = (done, now)
        first, since = self._first
        if now - self._last_shown < PROGRESS_SECONDS:
            return
        self._last_shown = now
        line = f"{self.name}: {done:,} of {total:,} {unit}"
        if done > first and now > since:
            each = (now - since) / (done - first)
            line += f", {_pace(each, unit)}, {_duration(each * (total - done))} left"
        self.info(line)
        print(line, file=self._terminal, flush=True)

    def without_progress(self) -> "Log":
        """The same log for one of many fits of a job, which itself counts them."""
        return _QuietLog(self.name, self._file, self._terminal)

    def track(self, items: Iterable[Item], total: int, unit: str) -> Iterator[Item]:
        """Yield `items` unchanged and report progress after each."""
        for done, item in enumerate(items, start=1):
            yield item
            self.progress(done, total, unit)


class _QuietLog(Log):
    """Writes lines, but no progress."""

    def progress(self, done: int, total: int, unit: str) -> None:
        pass


@contextmanager
def job(snakemake: Any) -> Iterator[Log]:
    """Run the body of a rule's script with everything that it prints in the rule's log.

    Sets the threads that the rule declares. A `UserError` ends the job with one `error: ...`
    line in the log and on the terminal; any other exception leaves its traceback in the log
    and one line on the terminal. In both cases the exit code is 1; of Ctrl-C it is 130.
    """
    log_path = Path(snakemake.log[0])
    log_path.parent.mkdir(parents=True, exist_ok=True)
    wildcards = " ".join(str(value) for value in snakemake.wildcards)
    name = f"{snakemake.rule} {wildcards}".strip()
    started = time.monotonic() - time.process_time()
    with log_path.open("w", encoding="utf-8", buffering=1) as file, _output_in(file) as terminal:
        log = Log(name, file, terminal)
        limit_threads(snakemake.threads)
        log.info(f"{name}: started, threads {snakemake.threads}")
        settings = {key: value for key, value in snakemake.params.items() if key != "code"}
        log.info(f"{SETTINGS}{json.dumps(settings, ensure_ascii=False, default=str)}")
        try:
            yield log
        except UserError as error:
            log.error(str(error))
            raise SystemExit(1) from None
        except KeyboardInterrupt:
            log.error(f"{name}: interrupted; run again to go on")
            raise SystemExit(130) from None
        except MemoryError:
            log.error(f"{name}: out of memory; lower the batch or buffer size in the config")
            raise SystemExit(1) from None
        except OSError as error:
            log.error(f"{error.filename or name}: {error.strerror or error}")
            raise SystemExit(1) from None
        except Exception as error:
            file.write(traceback.format_exc())
            log.error(f"{name}: {type(error).__name__}: {error} (traceback in {log_path})")
            raise SystemExit(1) from None
        log.info(f"{MADE}{json.dumps(checksums(snakemake.output))}")
        log.info(f"{COST}{json.dumps(_cost(started))}")
        log.info(f"{name}: done")


def _cost(started: float) -> dict[str, float]:
    """Seconds since `started`, those of them spent waiting for a core, and megabytes at the peak.

    A job started, for its cost, when its script began to import.
    """
    seconds = time.monotonic() - started
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(one.ru_utime + one.ru_stime for one in used)
    waited = min(processor * _waits(), max(seconds - processor, 0.0))
    peak = max(_own_peak() or used[0].ru_maxrss, used[1].ru_maxrss) / MEGABYTE
    return {"seconds": round(seconds, 2), "waited": round(waited, 2), "mb": round(peak)}


def _own_peak() -> int:
    """Peak memory of this process in kB, 0 where the system does not tell.

    Linux's ru_maxrss of a process is at least that of the one which started it.
    """
    try:
        found = re.search(r"^VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) if found else 0


def _waits() -> float:
    """Seconds for which this process waited for a core, for each in which it had one.

    Linux tells them of the threads that still live: main, and most pools. Elsewhere 0.
    """
    try:
        told = [task.read_text().split() for task in Path("/proc/self/task").glob("*/schedstat")]
        return sum(int(task[1]) for task in told) / max(sum(int(task[0]) for task in told), 1)
    except (OSError, IndexError, ValueError):
        return 0.0


def limit_threads(threads: int) -> None:
    """Tell TensorFlow, before it is imported, to use `threads` cores."""
    os.environ["TF_NUM_INTRAOP_THREADS"] = str(threads)
    os.environ["TF_NUM_INTEROP_THREADS"] = "1"


def configure_tensorflow(seed: int) -> None:
    """Make Keras repeatable from here on: seeds, deterministic kernels, free memory.

    Equal bytes are promised at equal numbers of threads on equal processors. On a GPU float32 means
    float32: TensorFlow would round the factors of its products to 10 bits (TensorFloat-32). Call
    this before anything is computed, or the first operation takes all of the GPU's memory.
    """
    _import_keras()
    import keras
    import tensorflow as tf

    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    tf.config.experimental.enable_op_determinism()
    tf.config.experimental.enable_tensor_float_32_execution(False)
    for device in tf.config.list_physical_devices("GPU"):
        tf.config.experimental.set_memory_growth(device, True)


def _import_keras() -> None:
    """Import Keras and TensorFlow without what no job uses, and without looking for garbage.

    Keras tries to import the packages of UNUSED and does without them; absent for that moment, they
    leave a third of its start. Its million objects live to the end: Python would go through them
    repeatedly while they are imported, at every `clear_session` and at exit.
    """
    if "keras" in sys.modules:
        return
    absent = [name for name in UNUSED if name not in sys.modules]
    gc.disable()
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]
    try:
        importlib.import_module("keras")
    finally:
        for name in absent:
            del sys.modules[name]
        gc.enable()
    gc.freeze()


def has_gpu() -> bool:
    """Whether TensorFlow sees a GPU."""
    import tensorflow as tf

    return bool(tf.config.list_physical_devices("GPU"))


@contextmanager
def _output_in(file: TextIO) -> Iterator[TextIO]:
    """Redirect file descriptors 1 and 2 to `file`, so that C++ libraries write there too."""
    sys.stdout.flush()
    sys.stderr.flush()
    saved_out, saved_err = os.dup(1), os.dup(2)
    os.dup2(file.fileno(), 1)
    os.dup2(file.fileno(), 2)
    try:
        with os.fdopen(os.dup(saved_err), "w", encoding="utf-8", buffering=1) as terminal:
            yield terminal
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os.dup2(saved_out, 1)
        os.dup2(saved_err, 2)
        os.close(saved_out)
        os.close(saved_err)


def _pace(seconds_each: float, unit: str) -> str:
    if seconds_each < 1:
        return f"{1 / seconds_each:,.1f} {unit}/s"
    return f"{seconds_each:,.1f} s for each of the {unit}"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
