"""Estimates and schedules of a handful of jobs, by hand."""

import json
from base64 import urlsafe_b64encode
from pathlib import Path

import pytest

from practical_dl.planning.dry_run import Job
from practical_dl.planning.estimate import (
    CHANGED_JOB,
    FACTORS,
    NOTHING,
    OTHER_MACHINE,
    OTHER_SETTINGS,
    SAME_JOB,
    SAME_RULE,
    UNKNOWN_SIZE,
    Estimator,
    growth,
)
from practical_dl.planning.history import Cost, count_rows, read_costs
from practical_dl.planning.measured import MACHINE, read_measured, summary
from practical_dl.planning.planning import combine, short_reason
from practical_dl.planning.schedule import START_SECONDS, wall_seconds
from practical_dl.planning.sizes import expected_rows


def job(name: str, needs: tuple[str, ...] = (), threads: int = 1, reason: str = "") -> Job:
    return Job(name, {}, needs, (f"{name}.out",), f"results/logs/{name}.log", threads, reason)


def cost(rule: str, seconds: float, rows: int | None = None, log: str = "other.log") -> Cost:
    return Cost(rule, log, seconds, seconds, 400.0, 1e6, rows)


def test_a_chain_takes_the_sum_and_free_cores_the_rest() -> None:
    jobs = [job("a"), job("b", ("a.out",)), job("c")]
    wall, memory = wall_seconds(jobs, [2, 3, 4], [100, 200, 400], 2)
    assert wall == START_SECONDS + 5
    assert memory == 600
    wall, memory = wall_seconds(jobs, [2, 3, 4], [100, 200, 400], 1)
    assert wall == START_SECONDS + 9
    assert memory == 400


def test_a_job_of_two_threads_waits_for_both_cores() -> None:
    jobs = [job("a"), job("b"), job("c", threads=2)]
    assert wall_seconds(jobs, [2, 2, 5], [1, 1, 1], 2)[0] == START_SECONDS + 7
    assert wall_seconds(jobs, [2, 2, 5], [1, 1, 1], 1)[0] == START_SECONDS + 9


def test_the_same_job_is_the_best_witness() -> None:
    earlier = [cost("fit", 10, log="results/logs/fit.log"), cost("fit", 90)]
    one = Estimator(earlier, [], 1.0).estimate(job("fit"), None)
    assert one.basis == SAME_JOB
    assert (one.low, one.likely, one.high) == (
        pytest.approx(10 * FACTORS[SAME_JOB][0]), 10, pytest.approx(10 * FACTORS[SAME_JOB][1]),
    )  # fmt: skip
    changed = job("fit", reason="Params have changed since last execution: x")
    assert Estimator(earlier, [], 1.0).estimate(changed, None).basis == CHANGED_JOB


def test_what_ran_beside_widens_the_range() -> None:
    disturbed = Cost("fit", "results/logs/fit.log", 90.0, 40.0, 400.0, 1e6, None)
    one = Estimator([disturbed], [], 1.0).estimate(job("fit"), None)
    assert one.low == pytest.approx(40 * FACTORS[SAME_JOB][0])
    assert one.likely == pytest.approx(60)
    assert one.high == pytest.approx(90 * FACTORS[SAME_JOB][1])


def test_other_data_are_scaled_by_their_rows() -> None:
    one = Estimator([cost("fit", 11, rows=100)], [], 1.0).estimate(job("fit"), 1000)
    assert one.basis == SAME_RULE
    assert one.likely == pytest.approx(1 + 10 * 10)
    assert one.low == pytest.approx(11 * FACTORS[SAME_RULE][0])
    assert one.high == pytest.approx(101 * OTHER_SETTINGS)
    assert one.size == pytest.approx(1e7)


def test_data_of_the_same_size_are_preferred() -> None:
    earlier = [cost("fit", 11, rows=100), cost("fit", 50, rows=1000)]
    assert Estimator(earlier, [], 1.0).estimate(job("fit"), 1050).likely == pytest.approx(52.45)


def test_unknown_sizes_make_a_wide_range() -> None:
    one = Estimator([cost("fit", 10, rows=100)], [], 1.0).estimate(job("fit"), None)
    assert one.basis == UNKNOWN_SIZE
    assert one.high / one.low > 30


def test_another_machine_s_table_is_scaled_by_speed() -> None:
    estimator = Estimator([], [cost("fit", 10)], 2.0)
    assert estimator.needs_speed([job("fit")])
    one = estimator.estimate(job("fit"), None)
    assert (one.basis, one.likely) == (OTHER_MACHINE, 20)
    assert estimator.estimate(job("new"), None).basis == NOTHING
    known = Estimator([cost("fit", 10)], [cost("fit", 10)], 2.0)
    assert not known.needs_speed([job("fit")])


def test_a_plan_adds_up_by_rule() -> None:
    estimator = Estimator([cost("fit", 10), cost("plot", 2)], [], 1.0)
    jobs = [job("fit"), job("fit"), job("plot", ("fit.out",), reason="Missing output files: a")]
    target = Job("all", {}, ("plot.out",), (), "", 1, "Input files updated")
    plan = combine([(one, estimator.estimate(one, None)) for one in [*jobs, target]], 2, None, {})
    assert plan.jobs == 3
    assert [rule.rule for rule in plan.rules] == ["fit", "plot"]
    assert plan.rules[0].seconds[1] == 20
    assert plan.wall[1] == START_SECONDS + 12
    assert plan.memory == 800
    assert plan.size == 3e6
    assert plan.rests_on == {SAME_RULE: 3}
    assert plan.rules[1].reasons == ("not made yet",)


def test_reasons_lose_their_files() -> None:
    assert short_reason("Missing output files: a, b; Input files updated by another job: c") == (
        "not made yet"
    )
    assert short_reason("Params have changed since last execution: x") == ("settings or code")


def test_costs_are_read_from_records_and_benchmarks(tmp_path: Path) -> None:
    manifest = tmp_path / "results/images/tiny/manifest.csv"
    manifest.parent.mkdir(parents=True)
    manifest.write_text("image_id\na\nb\nc\n")
    log = "results/logs/images/tiny/make_manifest.log"
    record = {
        "rule": "make_manifest", "input": [], "params": [], "log": [log],
        "starttime": 10.0, "endtime": 14.0,
    }  # fmt: skip
    records = tmp_path / ".snakemake/metadata"
    records.mkdir(parents=True)
    name = urlsafe_b64encode(b"results/images/tiny/manifest.csv").decode()
    (records / name).write_text(json.dumps(record))
    (records / "broken").write_text("{")
    (one,) = read_costs([tmp_path])
    assert one == Cost("make_manifest", log, 4.0, 4.0, 0.0, 15, 3)
    benchmark = tmp_path / "results/benchmarks/images/tiny/make_manifest.tsv"
    benchmark.parent.mkdir(parents=True)
    benchmark.write_text("s\tmax_rss\tcpu_time\n3.5\t99\t1\n")
    (one,) = read_costs([tmp_path])
    assert (one.seconds, one.undisturbed, one.memory) == (3.5, 3.5, 99)
    benchmark.write_text("s\tmax_rss\tcpu_time\n100\t99\t40\n")
    (one,) = read_costs([tmp_path])
    assert (one.seconds, one.undisturbed) == (100, 40)
    assert count_rows(tmp_path / "absent.csv") is None


def test_published_sizes_stand_in_for_data_that_are_not_read_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sources = {"a": {"movielens": {"download": "ml-1m"}}, "b": {"folder": {"path": "x"}}}
    config = {"movies": {name: {"source": source} for name, source in sources.items()}}
    assert expected_rows(config, "results/logs/movies/a/fit.log") == 1_000_209
    assert expected_rows(config, "results/logs/movies/b/fit.log") is None
    assert expected_rows(config, "results/logs/join_comparisons.log") is None


def test_the_shipped_table_is_of_this_program() -> None:
    costs, machine_seconds = read_measured()
    assert machine_seconds > 0
    assert len({cost.rule for cost in costs}) > 80
    table = summary([cost for cost in costs if cost.rule == "fit_head"], 7.5)
    assert table["rule"].iloc[0] == MACHINE
    assert table["seconds"].iloc[0] == 7.5


def test_what_two_sizes_of_a_rule_took_says_how_it_grows() -> None:
    def cost(rule: str, seconds: float, rows: int) -> Cost:
        return Cost(rule, f"{rule}{rows}", seconds, seconds, 100, 0, rows)

    steady = [cost("steady", 6, 100), cost("steady", 6, 10_000)]
    linear = [cost("linear", 2, 100), cost("linear", 101, 10_000)]
    assert growth(steady) == pytest.approx(0, abs=1e-9)
    assert growth(linear) == pytest.approx(1)
    assert growth(steady[:1]) is None
    estimator = Estimator([cost("steady", 3, 100)], steady + linear, 1.0)
    found = estimator.estimate(Job("steady", {}, (), (), "another", 1, ""), 1_000_000)
    assert found.likely == pytest.approx(3)
    assert found.low < 3 < found.high
