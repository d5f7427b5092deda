"""What is scored of an image set: each once, with files that hold the data set's name open."""

from typing import Any

from practical_dl.images.plan import models as model_plan
from practical_dl.images.plan import scored as scored_plan
from practical_dl.images.plan.scored import GAIN, LEAK, WRITTEN


def test_every_score_has_metrics_of_its_own_and_what_it_needs(config: dict[str, Any]) -> None:
    scored = scored_plan.scored(config, "demo")
    metrics = [one.metrics for one in scored]
    assert len(set(metrics)) == len(metrics)
    for one in scored:
        assert (one.control is not None) == (one.kind in (GAIN, LEAK))
        assert (one.predictions is None) == (one.kind == WRITTEN)
    written = scored_plan.metrics_written(config, "demo")
    assert all(path.startswith("results/images/{dataset}/") for path in written)
    assert scored[-1].metrics.endswith("submission/true_score.json")
    files = scored_plan.files(config, "demo")
    assert len(set(files)) == len(files)
    assert not any("{" in path for path in files)
    assert not {path.format(dataset="demo") for path in written} & set(files)


def test_what_is_not_made_is_not_scored(config: dict[str, Any]) -> None:
    settings = config["images"]["demo"]
    settings["sample"]["experiments"] = False
    settings["scratch"]["backbone"] = None
    settings["head"]["passes"] = 0
    settings["pseudo_labels"]["pools"] = []
    settings["grid"]["products"] = []
    settings["source"] = {"folder": {}}
    settings["fine_tuning"]["backbone"] = None
    settings["controls"]["group_models"] = False
    parts = [one.part for one in scored_plan.scored(config, "demo")]
    assert parts == [
        "valid (grouped split)",
        "valid (random split)",
        "random minus grouped split",
    ]
    settings["fine_tuning"]["backbone"] = "vgg_demo"
    tuned = scored_plan.scored(config, "demo")[3:]
    assert [one.title for one in tuned[:2]] == [
        "vgg_demo, last convolutions frozen",
        "vgg_demo, last convolutions trained",
    ]
    assert [one.part for one in tuned[3:]] == ["tuned minus frozen", "batch_norm minus frozen"]


def test_heads_of_the_grid_share_as_many_jobs_as_asked(config: dict[str, Any]) -> None:
    names = model_plan.points(config, "demo")
    config["images"]["demo"]["grid"]["jobs"] = 2
    jobs = model_plan.grid_jobs(config, "demo")
    assert len(jobs) == 2
    assert sorted(name for job in jobs for name in job) == sorted(names)
    shared = model_plan.benchmarks(config, "demo")
    assert {shared[name] for name in names} == {
        f"results/benchmarks/images/{{dataset}}/fit_grid_heads_{number}.tsv" for number in (0, 1)
    }
    config["images"]["demo"]["grid"]["jobs"] = None
    assert model_plan.grid_jobs(config, "demo") == []
    alone = model_plan.benchmarks(config, "demo")
    assert len({alone[name] for name in names}) == len(names)
    config["images"]["demo"]["grid"]["jobs"] = 1000
    assert len(model_plan.grid_jobs(config, "demo")) == len(names)
