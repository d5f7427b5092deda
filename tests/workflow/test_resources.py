"""Every rule says what it needs: memory as measured and time, or that it is light."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from tests.bench.resources import (
    COLUMNS,
    ROOT,
    TABLE,
    benchmarks_below,
    declared_mb,
    rules_of,
    understated,
)


@pytest.fixture(scope="module")
def rules() -> dict[str, Any]:
    return rules_of("config/real.yaml")


def test_a_rule_is_measured_and_declares_or_runs_beside_snakemake(rules: dict[str, Any]) -> None:
    for name, rule in rules.items():
        if rule.output:
            asks = "mem_mb" in rule.resources
            assert asks == bool(rule.benchmark), f"{name}: benchmark and resources go together"
            light = name in rule.workflow._localrules
            assert light != asks, f"{name}: declare mem_mb, or localrule: True"


def test_no_rule_understates_its_memory(rules: dict[str, Any]) -> None:
    declared = {name: declared_mb(rule, attempt=1) for name, rule in rules.items()}
    measured = pd.read_csv(TABLE)
    assert set(measured["rule"]) <= set(declared)
    assert len(measured) > 50
    assert understated(declared, measured) == []


def test_attempts_raise_memory(rules: dict[str, Any]) -> None:
    assert [declared_mb(rules["fit_baselines"], attempt) for attempt in (1, 2, 3)] == [
        500,
        1000,
        1500,
    ]
    assert [declared_mb(rules["fit_head"], attempt) for attempt in (1, 2)] == [3500, 7000]


def test_an_understatement_is_found(rules: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "results/benchmarks/movies/demo"
    folder.mkdir(parents=True)
    header = "s\th:m:s\tmax_rss\tmax_vms\tmax_uss\tmax_pss\tio_in\tio_out\tmean_load\tcpu_time\n"
    (folder / "fit_baselines.tsv").write_text(
        f"{header}2.5\t0:00:02\t700.2\t0\t0\t0\t0\t0\t0\t1.5\n"
    )
    (folder / "fit_net.tsv").write_text(f"{header}1\t0:00:01\tNA\tNA\t0\t0\t0\t0\t0\t0\n")
    measured = benchmarks_below(tmp_path, rules)
    assert measured.to_numpy().tolist() == [["fit_baselines", 701, 3, 2]]
    assert understated({"fit_baselines": 900}, measured) == [
        "fit_baselines: declares 900 MB, needs 901 MB"
    ]
    assert understated({"fit_baselines": 901}, measured) == []
    assert understated({"fit_baselines": None}, pd.DataFrame(columns=COLUMNS)) == []


def test_the_gpu_goes_to_the_jobs_that_run_keras(rules: dict[str, Any]) -> None:
    profile = yaml.safe_load((ROOT / "profiles/gpu/profile.yaml").read_text())
    keras = {
        name
        for name, rule in rules.items()
        if "mem_mb" in rule.resources and str(rule.conda_env).endswith("tensorflow.yaml")
    }
    assert set(profile["set-resources"]) == keras
    assert all(asked == {"gpu": 1} for asked in profile["set-resources"].values())


def test_the_slurm_profile_gives_time_to_a_rule_that_asks_for_none() -> None:
    profile = yaml.safe_load((ROOT / "profiles/slurm/profile.yaml").read_text())
    assert profile["default-resources"]["runtime"] == 30


@pytest.mark.parametrize("name", ["slurm", "gpu"])
def test_profiles_repeat_what_the_default_says_of_re_running(name: str) -> None:
    of = {
        profile: yaml.safe_load((ROOT / f"profiles/{profile}/profile.yaml").read_text())
        for profile in ("default", name)
    }
    re_running = {key: of["default"][key] for key in of["default"] if key.startswith("rerun")}
    assert len(re_running) == 2
    assert re_running.items() <= of[name].items()
