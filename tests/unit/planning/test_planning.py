"""Plans of a handful of jobs, by hand."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.unit.planning.jobs import cost, job

from practical_dl.job.runtime import COST, SETTINGS
from practical_dl.planning import planning
from practical_dl.planning.estimate import LIKE, Estimator
from practical_dl.planning.history import Cost, read_costs
from practical_dl.planning.jobs import plain_name
from practical_dl.planning.measured import read_measured, summary
from practical_dl.planning.planning import combine, short_reason, slowdown
from practical_dl.planning.schedule import (
    BETWEEN_SECONDS,
    START_SECONDS,
    seconds_left,
    wall_seconds,
)


def test_a_rule_costs_the_same_whatever_list_of_outputs_it_has() -> None:
    assert plain_name("fit_networks_2") == "fit_networks"
    assert plain_name("fit_networks") == "fit_networks"


def test_a_chain_takes_the_sum_and_free_cores_the_rest() -> None:
    jobs = [job("a"), job("b", ("a.out",)), job("c")]
    assert seconds_left(jobs, [2, 3, 4], 2) == 5
    assert seconds_left(jobs, [2, 3, 4], 1) == 9
    assert wall_seconds(jobs, [2, 3, 4], 1) == pytest.approx(
        START_SECONDS + 9 + 3 * BETWEEN_SECONDS
    )
    assert wall_seconds([], [], 1) == 0


def test_a_job_of_two_threads_waits_for_both_cores() -> None:
    jobs = [job("a"), job("b"), job("c", threads=2)]
    assert seconds_left(jobs, [2, 2, 5], 2) == 7
    assert seconds_left(jobs, [2, 2, 5], 1) == 9


def test_a_job_at_work_keeps_its_core() -> None:
    """Alone, the long job would go first, and both be done after 10 s."""
    jobs = [job("short"), job("long")]
    assert seconds_left(jobs, [4, 6], 1, running={0}) == 10
    three = [*jobs, job("longest")]
    assert seconds_left(three, [4, 6, 8], 2) == 10
    assert seconds_left(three, [4, 6, 8], 2, running={0, 1}) == 12


def test_a_plan_adds_up_by_rule() -> None:
    estimator = Estimator([cost("fit", 10), cost("plot", 2)], [])
    jobs = [job("fit"), job("fit"), job("plot", ("fit.out",), reason="Missing output files: a")]
    plan = combine(jobs, [estimator.estimate(one, None, 1) for one in jobs], 2, 1.0, {})
    assert plan.jobs == 3
    assert [rule.rule for rule in plan.rules] == ["fit", "plot"]
    assert plan.rules[0].seconds == 20
    low, likely, high = plan.wall
    assert likely == pytest.approx(START_SECONDS + 12 + 2 * BETWEEN_SECONDS)
    assert low < likely < high <= 3 * low
    assert plan.rests_on == {LIKE: 1.0}
    assert plan.rules[1].reasons == ("not made yet",)
    busy = combine(jobs, [estimator.estimate(one, None, 1) for one in jobs], 2, 3.0, {})
    assert (busy.wall, busy.slower) == (plan.wall, 3)


def test_a_busy_machine_is_slower(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning.os, "cpu_count", lambda: 4)
    monkeypatch.setattr(planning.os, "getloadavg", lambda: (0.1, 0.0, 0.0))
    assert slowdown(2) == 1
    monkeypatch.setattr(planning.os, "getloadavg", lambda: (6.0, 0.0, 0.0))
    assert slowdown(2) == 2


def test_reasons_lose_their_files() -> None:
    assert short_reason("Missing output files: a, b; Input files updated by another job: c") == (
        "not made yet"
    )
    assert short_reason("Params have changed since last execution: x") == ("settings or code")


def log_of(rule: str, settings: Mapping[str, object], spent: dict[str, float] | None) -> str:
    lines = [f"{rule} tiny: started, threads 1", f"{SETTINGS}{json.dumps(settings)}"]
    lines += [f"{COST}{json.dumps(spent)}"] if spent else []
    return "".join(f"10:00:00 {line}\n" for line in [*lines, f"{rule} tiny: done"])


def test_costs_are_read_from_logs(tmp_path: Path) -> None:
    manifest = tmp_path / "results/images/tiny/manifest.csv"
    manifest.parent.mkdir(parents=True)
    manifest.write_text("image_id,width,height\na,9,9\nb,9,9\nc,9,9\n")
    logs = tmp_path / "results/logs/images/tiny"
    logs.mkdir(parents=True)
    spent = {"seconds": 100.0, "waited": 40.0, "mb": 99}
    (logs / "fit_head.log").write_text(log_of("fit_head_2", {"schedule": [[3, 0.1]]}, spent))
    (logs / "stopped.log").write_text(log_of("fit_head", {}, None))
    (logs / "broken.log").write_bytes(b"\xff\n")
    log = "results/logs/images/tiny/fit_head.log"
    assert read_costs([tmp_path]) == [Cost("fit_head", log, 60.0, 99, 3, 3.0)]
    assert read_costs([tmp_path / "results"]) == []


def test_the_size_of_a_text_is_that_of_the_file_in_the_log(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text("a" * 700)
    logs = tmp_path / "results/logs/characters/own"
    logs.mkdir(parents=True)
    spent = {"seconds": 9.0, "waited": 0.0, "mb": 9}
    settings = {"text": {"path": "own.txt"}}
    (logs / "fit_characters.log").write_text(log_of("fit_characters", settings, spent))
    assert [cost.size for cost in read_costs([tmp_path])] == [700]


def test_the_shipped_table_is_of_this_program() -> None:
    costs = read_measured()
    assert len({cost.rule for cost in costs}) > 80
    assert all(cost.seconds >= 0 and cost.work > 0 for cost in costs)
    heads = [cost for cost in costs if cost.rule == "fit_head"]
    assert len({(cost.size, round(cost.work, 4)) for cost in heads}) == len(summary(heads)) > 1
    texts = [cost for cost in costs if cost.rule == "fit_characters"]
    assert all(cost.size for cost in texts)
