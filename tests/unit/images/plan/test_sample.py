from typing import Any

from practical_dl.images.plan import sample as sample_plan

CONFIG: dict[str, Any] = {
    "run": {"images": ["tiny", "still"]},
    "images": {
        "tiny": {
            "sample": {"experiments": True, "train": 10, "curves": {"pictures": [0.5, 3]}},
            "augmentation": {
                "flip": True,
                "levels": {name: [] for name in sample_plan.TYPES if name != "flip"}
                | {"zoom": [0.1]},
            },
        },
        "still": {"sample": {"experiments": False}},
    },
}


def test_types_with_levels_are_swept_in_the_order_of_the_table() -> None:
    assert sample_plan.swept_levels(CONFIG, "tiny") == [["zoom", [0.1]], ["flip", [0.5]]]
    assert sample_plan.sweeps(CONFIG, "tiny") == [
        "results/images/tiny/augmentation/sweep/zoom.csv",
        "results/images/tiny/augmentation/sweep/flip.csv",
    ]
    names = [name for name, _ in sample_plan.sweep_benchmarks(CONFIG, "tiny")]
    assert names == ["zoom", "flip", "together"]


def test_the_longest_curve_takes_the_largest_multiple_of_the_sample() -> None:
    assert sample_plan.curve_pictures(CONFIG, "tiny") == 30


def test_only_sets_that_are_experimented_on_have_files_and_scores() -> None:
    files = sample_plan.files(CONFIG)
    assert "results/images/tiny/pages/baselines.html" in files
    assert not any("still" in file for file in files)
    assert sample_plan.metrics(CONFIG, "still") == {}
    found = sample_plan.metrics(CONFIG, "tiny")
    benchmarks = "results/benchmarks/images/tiny"
    folder = "results/images/tiny"
    assert found[f"{folder}/sample/baselines/conv1/random.json"] == (
        f"{benchmarks}/fit_sample_models.tsv"
    )
    assert found[f"{folder}/sample/baselines/conv1/leak.json"] is None
    assert found[f"{folder}/augmentation/none.json"] == f"{benchmarks}/fit_augmented_sample.tsv"
    assert len(found) == 18
