"""Run a command that no second one may run beside: `python -m ... LOCKFILE COMMAND...`.

The kernel holds the lock as long as the command or one of its children lives, and lets go of it
however they end, so a crash leaves nothing to unlock.
"""

import fcntl
import os
import sys


def main(lock_path: str, command: list[str]) -> None:
    descriptor = os.open(lock_path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit("error: another `make run` or `make report` works in this folder; wait for it")
    os.set_inheritable(descriptor, True)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
