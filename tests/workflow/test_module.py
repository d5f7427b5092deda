"""Another workflow that uses this one as a module, with a configuration and a folder of its own."""

import re
from pathlib import Path

import pandas as pd
import pytest
import yaml
from tests.conftest import ROOT, snakemake_in

SNAKEFILE = """
module lesson:
    snakefile:
        {snakefile!r}
    config:
        config["lesson"]
    prefix:
        "lesson"


use rule * from lesson as lesson_*


rule count_ratings:
    default_target: True
    input:
        "lesson/results/movies/own/bias/predictions.csv",
    output:
        "rows.txt",
    shell:
        "wc -l < {{input}} > {{output}}"
"""
CONFIG = {
    "run": {"images": [], "movies": ["own"], "reviews": ["own"], "characters": [], "small": []},
    "movies": {"own": {"source": {"demo": {"users": 30, "movies": 40, "ratings": 400}}}},
    "reviews": {"own": {"source": {"demo": {}}}},
}
TOKENS = "lesson/results/reviews/own/tokens.h5"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "Snakefile").write_text(SNAKEFILE.format(snakefile=str(ROOT / "Snakefile")))
    (tmp_path / "own.yaml").write_text(yaml.safe_dump({"lesson": CONFIG}))
    (tmp_path / "workflow").symlink_to(ROOT / "workflow")
    return tmp_path


def test_the_whole_workflow_plans_as_a_module(folder: Path) -> None:
    result = snakemake_in(
        folder, "lesson_all", "-n", "--quiet", "rules", "--configfile", "own.yaml"
    )
    assert result.returncode == 0, result.stderr
    counts = dict(re.findall(r"^lesson_(\w+) +(\d+)$", result.stdout + result.stderr, re.MULTILINE))
    assert counts["fit_lesson_models"] == counts["tokenise_reviews"] == "1"
    assert "make_manifest" not in counts


def test_its_files_lie_below_the_module_s_prefix(folder: Path) -> None:
    result = snakemake_in(folder, "count_ratings", TOKENS, "--configfile", "own.yaml")
    assert result.returncode == 0, result.stderr
    predictions = pd.read_csv(folder / "lesson/results/movies/own/bias/predictions.csv")
    assert int((folder / "rows.txt").read_text()) == len(predictions) + 1
    assert (folder / TOKENS).is_file()
    made = {path.name for path in folder.iterdir() if path.name != ".snakemake"}
    assert made == {"Snakefile", "own.yaml", "workflow", "lesson", "rows.txt"}
