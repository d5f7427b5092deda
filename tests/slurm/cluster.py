"""A Slurm cluster of one node on the loopback: controller, node daemon and munge, all in a folder.

The one file outside is /etc/slurm/slurm.conf: the executor plugin takes the variable that names
another place out of its jobs' environment. It is written only where there is none, and removed.
"""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

CONFIG = Path("/etc/slurm/slurm.conf")
PACKAGES = ("slurmctld", "slurmd", "slurm-client", "munge")
PATIENCE = 600.0

SETTINGS = """\
ClusterName=loopback
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller_port}
SlurmdPort={node_port}
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SlurmdParameters=config_overrides
ReturnToService=2
SlurmdTimeout=8
MinJobAge=600
SchedulerParameters=sched_interval=2
NodeName=node NodeHostname={host} NodeAddr=127.0.0.1 CPUs=2 CoresPerSocket=2 RealMemory=6000
PartitionName=main Nodes=node Default=YES MaxTime=60 State=UP
"""


def obstacle() -> str:
    """Why no cluster can be started here, or nothing; installs the packages where they lack."""
    if os.geteuid() != 0:
        return "Slurm's daemons and apt-get need root"
    if CONFIG.exists():
        return f"{CONFIG} belongs to a cluster"
    if all(shutil.which(program) for program in ("slurmctld", "slurmd", "srun", "munged")):
        return ""
    if not shutil.which("apt-get"):
        return "Slurm is not installed, and there is no apt-get to install it with"
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update",), ("install", "--yes", "--no-install-recommends", *PACKAGES)):
        result = subprocess.run(["apt-get", *command], env=quiet, capture_output=True, text=True)
        if result.returncode:
            return f"apt-get {command[0]} failed: {result.stderr.strip().splitlines()[-1:]}"
    return ""


class Cluster:
    """The daemons, started on entry and stopped on exit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._daemons: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Cluster":
        for name in ("munge", "state", "spool"):
            (self.folder / name).mkdir(parents=True)
        key = self.folder / "munge/key"
        key.write_bytes(os.urandom(1024))
        key.chmod(0o400)
        controller_port, node_port = free_ports(2)
        CONFIG.parent.mkdir(exist_ok=True)
        CONFIG.write_text(
            SETTINGS.format(
                host=socket.gethostname(),
                folder=self.folder,
                controller_port=controller_port,
                node_port=node_port,
            )
        )
        try:
            self._start_daemons()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def start_node(self) -> None:
        self._start("slurmd", "-D", "-N", "node")

    def kill_node(self) -> None:
        """End the node's daemon without a chance to say so."""
        self._daemons["slurmd"].kill()
        self._daemons["slurmd"].wait()

    def node_state(self) -> str:
        """What the controller holds the node to be: idle, mixed, allocated, down* ..."""
        return ask("sinfo", "--noheader", "--format=%T")

    def jobs(self) -> list[tuple[str, str]]:
        """State and rule of every job that the controller remembers."""
        lines = ask("squeue", "--noheader", "--states=all", "--format=%T %k").splitlines()
        return [(state, rule) for state, _, rule in (line.partition(" ") for line in lines)]

    def _start_daemons(self) -> None:
        munge = self.folder / "munge"
        files = [f"--{name}-file={munge}/{name}" for name in ("key", "pid", "log", "seed")]
        self._start("munged", "--foreground", "--force", f"--socket={munge}/socket", *files)
        wait_until((munge / "socket").exists, "munged's socket")
        self._start("slurmctld", "-D", "-i")
        self.start_node()
        wait_until(lambda: self.node_state() == "idle", "the node to be idle")

    def _start(self, program: str, *arguments: str) -> None:
        with (self.folder / f"{program}.out").open("ab") as output:
            self._daemons[program] = subprocess.Popen(
                [program, *arguments], stdout=output, stderr=output
            )

    def _stop(self) -> None:
        ask("scancel", "--partition=main")
        for daemon in reversed(self._daemons.values()):
            daemon.terminate()
            try:
                daemon.wait(timeout=30)
            except subprocess.TimeoutExpired:
                daemon.kill()
        CONFIG.unlink(missing_ok=True)


def ask(*command: str) -> str:
    """What a command of Slurm answers; empty while the controller does not."""
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return result.stdout.strip()


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Return once `condition` holds.

    Raises:
        TimeoutError: it does not hold after ten minutes.
    """
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {PATIENCE:.0f} s for {what}")
        time.sleep(0.5)


def free_ports(count: int) -> list[int]:
    """Ports of the loopback that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [taken.getsockname()[1] for taken in sockets]
    for taken in sockets:
        taken.close()
    return ports
