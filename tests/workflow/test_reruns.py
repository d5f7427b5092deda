"""What re-runs and what does not, as Snakemake decides it on a copy of the workflow."""

import os
import re
import shutil
from pathlib import Path

import pytest
from tests.conftest import copy_workflow, snakemake_in

from practical_dl.inspection.inspecting import inspect_file

TARGET = "results/movies/demo/bias/predictions.csv"
CHAIN = {"draw_demo_ratings", "read_ratings", "split_ratings", "fit_baselines"}
CONFIG = """
run: {images: [], movies: [demo], reviews: [], characters: []}
movies: {demo: {source: {demo: {users: 30, movies: 40, ratings: 400}}}}
"""


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_workflow(tmp_path_factory.mktemp("finished"))
    (folder / "tiny.yaml").write_text(CONFIG)
    result = snakemake_in(folder, TARGET, "--configfile", "tiny.yaml")
    assert result.returncode == 0, result.stderr
    assert (folder / TARGET).is_file()
    return folder


@pytest.fixture
def clone(finished: Path, tmp_path: Path) -> Path:
    """The finished folder as a copy, so that every test may change it."""
    shutil.copytree(finished, tmp_path, dirs_exist_ok=True)
    return tmp_path


def rules_to_run(folder: Path) -> set[str]:
    result = snakemake_in(folder, TARGET, "-n", "--quiet", "rules", "--configfile", "tiny.yaml")
    assert result.returncode == 0, result.stderr
    counts = re.findall(r"^(\w+) +\d+$", result.stdout + result.stderr, re.MULTILINE)
    return set(counts) - {"total"}


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_clone_and_a_touch_of_everything_re_run_nothing(clone: Path) -> None:
    for part in ("workflow", "rules", "config", "envs"):
        for path in (clone / part).rglob("*"):
            os.utime(path)
    assert rules_to_run(clone) == set()


def test_a_comment_a_docstring_and_another_layout_re_run_nothing(clone: Path) -> None:
    module = clone / "workflow/practical_dl/movies/models/bias.py"
    replace(module, "MOST_PASSES = 1000", "# many\nMOST_PASSES = (\n    1000\n)")
    replace(module, '"""The baseline', '"""The plain baseline')
    replace(clone / "workflow/scripts/movies/models/fit_baselines.py", "with job", "# go\nwith job")
    assert rules_to_run(clone) == set()


def test_a_changed_function_re_runs_its_rule_and_what_depends_on_it(clone: Path) -> None:
    replace(clone / "workflow/practical_dl/movies/ratings/splits.py", "< share", "<= share")
    assert rules_to_run(clone) == {"split_ratings", "fit_baselines"}


def test_a_module_reached_through_another_re_runs_what_reaches_it(clone: Path) -> None:
    path = clone / "workflow/practical_dl/movies/ratings/releases.py"
    path.write_text(path.read_text() + "\nADDED = 1\n")
    assert rules_to_run(clone) == CHAIN - {"draw_demo_ratings"}


def test_a_changed_script_re_runs_its_rule_alone_and_what_follows(clone: Path) -> None:
    script = clone / "workflow/scripts/movies/models/fit_baselines.py"
    replace(script, "stars[model], scale", "1 + stars[model], scale")
    assert rules_to_run(clone) == {"fit_baselines"}


def test_a_changed_key_re_runs_what_uses_it(clone: Path) -> None:
    (clone / "tiny.yaml").write_text(f"{CONFIG}seed: 7\n")
    assert rules_to_run(clone) == {"fit_baselines"}


def test_a_changed_setting_writes_the_configuration_anew_in_a_short_dry_run(clone: Path) -> None:
    words = ("results/run_config.yaml", "--configfile", "tiny.yaml")
    done = snakemake_in(clone, *words)
    assert done.returncode == 0, done.stderr
    again = snakemake_in(clone, *words, "-n")
    assert "Nothing to be done" in again.stdout + again.stderr
    (clone / "tiny.yaml").write_text(f"{CONFIG}seed: 7\n")
    planned = snakemake_in(clone, *words, "-n")
    said = planned.stdout + planned.stderr
    assert "Write the configuration as it was merged" in said
    assert "Params have changed" in said
    assert max(map(len, said.splitlines())) < 300


def test_a_result_that_was_edited_is_told_by_the_next_run_and_by_inspect(clone: Path) -> None:
    path = clone / "results/movies/demo/movies.csv"
    assert inspect_file(path).described.wrong == []
    before = path.stat()
    replace(path, "The", "the")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    (clone / TARGET).unlink()
    done = snakemake_in(clone, TARGET, "--configfile", "tiny.yaml")
    assert "warning: results/movies/demo/movies.csv: is not what its job wrote" in done.stderr
    assert "changed since" in inspect_file(path).described.wrong[0]
