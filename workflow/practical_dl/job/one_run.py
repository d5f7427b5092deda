"""One run at a time in a folder, whoever starts it: `make run`, `snakemake`, a second terminal."""

import fcntl
import os
import sys
from pathlib import Path

from practical_dl.job.errors import UserError

LOCK = Path(".snakemake/run.lock")


def hold_folder(lock: Path = LOCK) -> None:
    """Keep others from running in this folder until this process ends.

    The kernel holds the lock and lets go of it however the process ends, so a crash leaves nothing
    to unlock. Where the file system has no locks a warning says so.

    Raises:
        UserError: another process holds the folder.
    """
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 20, 0).decode()
        raise UserError(
            f"another run (process {holder}) works in this folder; wait for it or end it"
        ) from None
    except OSError as error:
        told = f"warning: {lock}: cannot be locked ({error.strerror}); start one run at a time"
        print(told, file=sys.stderr)
        return
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
