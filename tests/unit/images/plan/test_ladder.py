"""The ladder and the steps against overfitting, by configuration."""

from typing import Any

from practical_dl.images.plan import ladder as ladder_plan
from practical_dl.images.plan import overfitting as overfitting_plan
from practical_dl.images.plan.rungs import as_lists, files_read


def test_only_rungs_that_are_made_stand_in_the_ladder(config: dict[str, Any]) -> None:
    whole = [rung.title for rung in ladder_plan.rungs(config, "demo")]
    config["images"]["demo"]["sample"]["experiments"] = False
    config["images"]["demo"]["scratch"]["backbone"] = None
    config["images"]["demo"]["head"]["passes"] = 0
    config["images"]["demo"]["pseudo_labels"]["pools"] = []
    config["images"]["demo"]["grid"]["products"] = []
    config["images"]["demo"]["fine_tuning"]["backbone"] = None
    (alone,) = ladder_plan.rungs(config, "demo")
    assert len(whole) == 13
    assert alone.title == "vgg_demo features with a head"
    assert alone.control is None
    assert files_read([alone, alone]) == [alone.path]


def test_the_five_steps_come_in_the_lesson_s_order_each_with_a_control(
    config: dict[str, Any],
) -> None:
    steps = overfitting_plan.steps(config, "demo")
    assert [rung.title[0] for rung in steps] == ["1", "2", "2", "3", "4", "5"]
    assert all(rung.control_path for rung in steps)
    read = {path for rung in steps for path in (rung.path, rung.control_path)}
    assert set(files_read(steps)) == read
    assert len(files_read(steps)) == len(read)
    assert as_lists(steps)[0][:2] == [steps[0].title, steps[0].path]
    data, dropout = steps[0], steps[4]
    assert (data.control, dropout.control) == ("20 % of them", "0.3")
    assert dropout.title.endswith("0.6")
    assert "share-1" in data.path
    assert "share-0.2" in str(data.control_path)
    config["images"]["demo"]["grid"]["products"] = []
    config["images"]["demo"]["sample"]["experiments"] = False
    assert [rung.title[0] for rung in overfitting_plan.steps(config, "demo")] == ["2", "3"]


def test_the_linear_rungs_are_the_fits_of_the_page_on_learning_rates(
    config: dict[str, Any],
) -> None:
    at_once, low_first = ladder_plan.rungs(config, "demo")[:2]
    assert at_once.path == low_first.path == low_first.control_path
    assert (at_once.setting, low_first.setting) == ("at_once", "low_first")
    assert low_first.control_setting == "at_once"
