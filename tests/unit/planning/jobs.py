"""Jobs and costs for tests."""

from typing import Any

from practical_dl.planning.history import Cost
from practical_dl.planning.jobs import Job


def job(
    name: str,
    needs: tuple[str, ...] = (),
    threads: int = 1,
    reason: str = "",
    settings: dict[str, Any] | None = None,
) -> Job:
    outputs = (f"{name}.out",)
    return Job(name, f"results/logs/{name}.log", needs, outputs, threads, reason, settings or {})


def cost(
    rule: str, seconds: float, size: int | None = None, log: str = "other.log", work: float = 1.0
) -> Cost:
    return Cost(rule, log, seconds, 400.0, size, work)
