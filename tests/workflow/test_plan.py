"""`practical-dl plan` on a tiny configuration, by Snakemake's own dry run."""

import json
import shutil
from pathlib import Path

import pytest
from tests.conftest import ROOT, copy_workflow

from practical_dl import cli
from practical_dl.planning import planning
from practical_dl.planning.estimate import OTHER_MACHINE
from practical_dl.planning.showing import UNMEASURED
from practical_dl.sources.locations import DATA_ROOT_VARIABLE

CONFIG = """
run: {images: [], movies: [demo], reviews: [], characters: []}
movies: {demo: {source: {demo: {users: 30, movies: 40, ratings: 1200}}}}
"""
TARGET = "results/movies/demo/bias/predictions.csv"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone on a machine that is busy with as much work again.

    Its package is this one: the command plans in this process, and stops for another clone's.
    """
    copy_workflow(tmp_path)
    shutil.rmtree(tmp_path / "workflow/practical_dl")
    (tmp_path / "workflow/practical_dl").symlink_to(ROOT / "workflow/practical_dl")
    (tmp_path / "tiny.yaml").write_text(CONFIG)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(planning, "slowdown", lambda cores: 2.0 * cores)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_a_plan_lists_the_jobs_and_what_it_rests_on(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["plan", "tiny.yaml", "--target", TARGET, "--cores", "1", "--json"]
    assert cli.main(words) == 0
    (line,) = capsys.readouterr().out.splitlines()
    plan = json.loads(line)
    rules = {rule["rule"]: rule for rule in plan["rules"]}
    assert set(rules) == {"draw_demo_ratings", "read_ratings", "split_ratings", "fit_baselines"}
    assert plan["rests_on"] == {OTHER_MACHINE: pytest.approx(1)}
    assert plan["slower"] == 2
    low, likely, high = plan["wall"]
    assert 1 < low < likely < 30
    assert likely < high < 10 * likely
    assert rules["fit_baselines"]["reasons"] == ["not made yet"]


@pytest.mark.usefixtures("folder")
def test_where_nothing_was_measured_a_line_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["plan", "tiny.yaml", "--target", TARGET, "--cores", "2"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("4 jobs, about ")
    assert f"Rests on {OTHER_MACHINE} (100%).\n{UNMEASURED}\n" in told
    assert "The machine is busy: beside its other work, up to 4 times as long." in told


@pytest.mark.usefixtures("folder")
def test_mistakes_are_told_in_snakemake_s_own_words(capsys: pytest.CaptureFixture[str]) -> None:
    Path("wrong.yaml").write_text("sede: 1\n")
    assert cli.main(["plan", "wrong.yaml"]) == 1
    assert "error: config: sede: unknown key; did you mean seed?" in capsys.readouterr().err
    assert cli.main(["plan", "absent.yaml"]) == 1
    assert "absent.yaml: no such file" in capsys.readouterr().err
    assert cli.main(["plan", "tiny.yaml", "--target", "results/nothing.csv"]) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert cli.main(["plan", "tiny.yaml", "--target", "moveis"]) == 1
    assert "error: No rule to produce moveis" in capsys.readouterr().err
    Path("wrong.yaml").write_text("seed: [1\n")
    assert cli.main(["plan", "wrong.yaml"]) == 1
    assert "error: wrong.yaml: not a readable YAML file" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        cli.main(["plan", "--cores", "0"])


@pytest.mark.usefixtures("folder")
def test_a_source_that_is_not_there_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(DATA_ROOT_VARIABLE, raising=False)
    config = Path("own.yaml")
    config.write_text(
        "run: {images: [], movies: [own], reviews: [], characters: []}\n"
        "movies: {own: {source: {movielens: {path: nowhere}}}}\n"
    )
    assert cli.main(["plan", str(config), "--target", "movies"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert told.startswith(
        "warning: movies.own.source.movielens.path: nowhere does not exist; its jobs would fail"
    )


def test_it_is_run_in_the_workflow_s_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["plan"]) == 1
    assert "run this in the workflow's folder" in capsys.readouterr().err
