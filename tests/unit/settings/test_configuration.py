from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from practical_dl.images.pictures.augmentation import TYPES
from practical_dl.images.plan import models as model_plan
from practical_dl.images.plan import sample as sample_plan
from practical_dl.job.errors import UserError
from practical_dl.settings import configuration, configuration_docs
from practical_dl.sources import locations

CONFIG = Path(__file__).parents[3] / "config"


@pytest.fixture
def demo() -> dict[str, Any]:
    return yaml.safe_load((CONFIG / "config.yaml").read_text())


def merge(base: dict[str, Any], overlay: dict[str, Any]) -> None:
    for key, value in overlay.items():
        if isinstance(value, dict) and isinstance(base.get(key), dict):
            merge(base[key], value)
        else:
            base[key] = value


def test_defaults_are_filled_in_at_every_depth(demo: dict[str, Any]) -> None:
    configuration.complete(demo)
    assert demo["seed"] == 42
    assert demo["images"]["demo"]["split"] == {"valid_share": 0.25, "seed": 42, "given": "use"}
    assert demo["images"]["demo"]["source"]["demo"]["seed"] == 1
    assert demo["movies"]["demo"]["lesson"]["factors"] == 50


def test_what_is_given_wins_over_the_default(demo: dict[str, Any]) -> None:
    demo["images"]["demo"]["split"] = {"valid_share": 0.5}
    configuration.complete(demo)
    assert demo["images"]["demo"]["split"] == {"valid_share": 0.5, "seed": 42, "given": "use"}


def test_a_policy_and_an_optimizer_get_their_defaults(demo: dict[str, Any]) -> None:
    settings = demo["movies"]["demo"]["lesson"]
    settings["schedule"] = {"annealing": {"epochs": 4, "rate": 0.01}}
    settings["optimizer"] = {"eve": {"beta_3": 0.99}}
    configuration.complete(demo)
    assert settings["schedule"]["annealing"] == {
        "epochs": 4,
        "rate": 0.01,
        "divide_by": 4,
        "ratio": 2,
    }
    assert settings["optimizer"]["eve"]["beta_3"] == 0.99
    assert settings["optimizer"]["eve"]["beta_2"] == 0.999
    assert demo["reviews"]["demo"]["networks"]["optimizer"] == {
        "adam": {"beta_1": 0.9, "beta_2": 0.999}
    }


def test_a_filled_default_is_not_shared_between_definitions(demo: dict[str, Any]) -> None:
    demo["movies"]["other"] = {"source": {"demo": {}}}
    configuration.complete(demo)
    demo["movies"]["other"]["lesson"]["schedule"].append([1, 1.0])
    assert len(demo["movies"]["demo"]["lesson"]["schedule"]) < len(
        demo["movies"]["other"]["lesson"]["schedule"]
    )


def test_real_config_is_complete_and_runs_real_data(demo: dict[str, Any]) -> None:
    merge(demo, yaml.safe_load((CONFIG / "real.yaml").read_text()))
    configuration.complete(demo)
    assert demo["run"] == {
        "images": ["statefarm"],
        "movies": ["movielens"],
        "reviews": ["imdb"],
        "characters": ["nietzsche"],
        "small": ["optimizers", "convolution", "optimizer_comparison"],
    }
    assert demo["images"]["statefarm"]["backbones"]["vgg16"]["layer"] == "block5_conv3"


MISTAKES: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda c: c.update(imgaes={}), "imgaes: unknown key; did you mean images?"),
    (lambda c: image_head(c).update(droput=0.1), "demo.head.droput: unknown key; did you mean"),
    (lambda c: image_head(c).update(width="a"), "head.width: 'a' is not allowed; its type must be"),
    (
        lambda c: image_head(c).update(dropout=1),
        "head.dropout: 1 is not allowed; at least 0, less than 1",
    ),
    (lambda c: image_head(c).update(backbone="x"), "head.backbone: 'x' is not defined (allowed:"),
    (lambda c: image_head(c).update(schedule=[[1]]), "head.schedule[0]: [1] is not allowed"),
    (lambda c: image_head(c).update(schedule=[[1, 0]]), "schedule[0][1]: 0 is not allowed; more"),
    (lambda c: c["images"]["demo"].pop("head"), "images.demo.head: missing"),
    (lambda c: c["images"]["demo"]["source"].update(folder={}), "give exactly one of: demo, state"),
    (lambda c: c["run"].update(movies=["dmo"]), "movies[0]: 'dmo' is not defined; did you mean"),
    (lambda c: c["run"].update(movies="demo"), "run.movies: 'demo' is not allowed; its type must"),
    (
        lambda c: image_head(c).update(dropout="0.3"),
        "head.dropout: '0.3' is not allowed; its type must be number; write it without quotation "
        "marks, in a file for --configfile: what stands in braces after --config is read as text",
    ),
    (lambda c: c["run"].update(small=["optimiser"]), "'optimiser' is not allowed; allowed: optim"),
    (
        lambda c: ratings(c).update(schedule={"anealing": {}}),
        "lesson.schedule.anealing: unknown key; did you mean annealing?",
    ),
    (
        lambda c: ratings(c).update(schedule={"plateau": {"rate": 0.1}}),
        "lesson.schedule.plateau.epochs: missing",
    ),
    (
        lambda c: ratings(c).update(optimizer={"adam": {}, "eve": {}}),
        "lesson.optimizer: has 2 entries; give exactly one of: sgd, momentum",
    ),
    (
        lambda c: ratings(c).update(optimizer={"eve": {"beta_3": 1}}),
        "optimizer.eve.beta_3: 1 is not allowed; at least 0, less than 1",
    ),
    (
        lambda c: c["movies"]["demo"]["bayes"].update(rank=2),
        "movies.demo.pictures.components: [1, 3] is not allowed; at most movies.demo.bayes.rank, 2",
    ),
    (lambda c: c.update(threads=0), "threads: 0 is not allowed; at least 1"),
    (lambda c: c.update(images={"A": {}}), "images: 'A' is not allowed; it must match"),
    (
        lambda c: c.update(movies={"x": {"source": {"movielens": {"download": "ml-3m"}}}}),
        "download: 'ml-3m' is not allowed; allowed: ml-latest-small",
    ),
]


def ratings(config: dict[str, Any]) -> dict[str, Any]:
    return config["movies"]["demo"]["lesson"]


def image_head(config: dict[str, Any]) -> dict[str, Any]:
    return config["images"]["demo"]["head"]


@pytest.mark.parametrize(("spoil", "message"), MISTAKES, ids=[text for _, text in MISTAKES])
def test_a_mistake_is_told_in_one_line_with_key_and_remedy(
    demo: dict[str, Any], spoil: Callable[[dict[str, Any]], object], message: str
) -> None:
    spoil(demo)
    with pytest.raises(UserError) as raised:
        configuration.complete(demo)
    assert str(raised.value).startswith("config: ")
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


def test_every_key_has_a_description_and_every_object_refuses_unknown_keys() -> None:
    def walk(schema: Any, path: str) -> None:
        for key, value in schema.get("properties", {}).items():
            assert "description" in value, f"{path}.{key}"
            walk(value, f"{path}.{key}")
        if schema.get("type") == "object":
            assert "additionalProperties" in schema, path

    for file in configuration.SCHEMAS.glob("*.yaml"):
        walk(yaml.safe_load(file.read_text()), file.name)


def test_sources_lie_below_the_data_root_or_come_as_downloads(
    demo: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    merge(demo, yaml.safe_load((CONFIG / "real.yaml").read_text()))
    configuration.complete(demo)
    assert locations.source_path(demo, "movies", "movielens").endswith("ml-latest-small.zip")
    demo["movies"]["movielens"]["source"]["movielens"]["path"] = "ml"
    monkeypatch.setenv("PRACTICAL_DL_DATA", "/one")
    assert locations.source_path(demo, "movies", "movielens") == "/one/ml"
    demo["data_root"] = "/two"
    assert locations.source_path(demo, "movies", "movielens") == "/two/ml"


def test_a_source_of_one_s_own_that_is_not_there_is_named(
    demo: dict[str, Any], tmp_path: Path
) -> None:
    demo["movies"]["mine"] = {"source": {"movielens": {"path": "ratings"}}}
    demo["data_root"] = str(tmp_path)
    configuration.complete(demo)
    assert locations.absent_sources(demo) == {}
    demo["run"]["movies"] = ["demo", "mine"]
    assert locations.absent_sources(demo) == {
        "movies.mine.source.movielens.path": str(tmp_path / "ratings")
    }
    (tmp_path / "ratings").mkdir()
    assert locations.absent_sources(demo) == {}


def test_a_table_of_one_s_own_and_its_items_are_looked_for_below_the_data_root(
    demo: dict[str, Any], tmp_path: Path
) -> None:
    columns = {"user": "u", "item": "i", "rating": "r"}
    items = {"path": "books.csv", "item": "id"}
    table: dict[str, Any] = {"path": "ratings.csv", **columns, "items": items}
    demo["movies"]["mine"] = {"source": {"table": table}}
    demo["run"]["movies"] = ["mine"]
    demo["data_root"] = str(tmp_path)
    configuration.complete(demo)
    assert demo["movies"]["mine"]["source"]["table"]["items"]["format"]["decimal"] is None
    key = "movies.mine.source.table"
    assert locations.absent_sources(demo) == {
        f"{key}.path": str(tmp_path / "ratings.csv"),
        f"{key}.items.path": str(tmp_path / "books.csv"),
    }
    demo["movies"]["mine"]["source"]["table"]["scale"] = [5, 1]
    with pytest.raises(UserError, match=r"source.table.scale: \[5, 1\] is not allowed"):
        configuration.complete(demo)


def test_absent_parts_of_a_folder_and_weights_are_named(
    demo: dict[str, Any], tmp_path: Path
) -> None:
    folder = {"path": str(tmp_path), "train_folder": "trian", "test_folder": "test"}
    demo["images"]["pets"] = {
        "source": {"folder": folder},
        "backbones": {
            "pixels": {
                "application": "Pixels",
                "layer": "pixels",
                "input_size": [32, 32],
                "weights": "imagenett",
            }
        },
        "head": {"backbone": "pixels"},
    }
    demo["run"]["images"] = ["pets"]
    configuration.complete(demo)
    (tmp_path / "test").mkdir()
    demo["data_root"] = "/data"
    weights = {"images.pets.backbones.pixels.weights": "/data/imagenett"}
    folder_key = "images.pets.source.folder.train_folder"
    assert locations.absent_sources(demo) == {folder_key: str(tmp_path / "trian"), **weights}
    (tmp_path / "all.zip").touch()
    assert locations.absent_sources(demo) == weights


def test_the_reference_of_all_keys_is_the_schema_s() -> None:
    assert (CONFIG / "README.md").read_text() == configuration_docs.page(), (
        "run: python -m practical_dl.settings.configuration_docs > config/README.md"
    )


def test_a_sweep_without_types_is_refused_unless_the_experiments_are_off(
    demo: dict[str, Any],
) -> None:
    levels: dict[str, list[float]] = {name: [] for name in TYPES if name != "flip"}
    demo["images"]["demo"]["augmentation"] = {"levels": levels}
    with pytest.raises(UserError, match=r"images\.demo\.augmentation\.levels: every type is empty"):
        configuration.complete(demo)
    demo["images"]["demo"]["augmentation"]["flip"] = True
    configuration.complete(demo)
    demo["images"]["demo"]["augmentation"]["flip"] = False
    demo["images"]["demo"]["sample"]["experiments"] = False
    demo["images"]["demo"]["scratch"]["backbone"] = None
    configuration.complete(demo)


def test_a_sweep_of_pictures_too_small_for_its_network_is_refused(demo: dict[str, Any]) -> None:
    demo["images"]["demo"]["augmentation"]["shrink"] = 3
    with pytest.raises(UserError, match=r"augmentation.shrink: 3 leaves pictures of 12 pixels"):
        configuration.complete(demo)
    demo["images"]["demo"]["augmentation"]["shrink"] = 1
    demo["images"]["demo"]["sample"]["curves"]["shrink"] = [3, 1]
    with pytest.raises(UserError, match=r"curves.shrink: 3 leaves pictures of 12 pixels"):
        configuration.complete(demo)


def test_networks_from_scratch_take_pixels_and_a_sweep_that_runs(demo: dict[str, Any]) -> None:
    scratch = demo["images"]["demo"]["scratch"]
    scratch["backbone"] = "vgg_demo"
    with pytest.raises(UserError, match=r"scratch.backbone: vgg_demo is not .* Pixels"):
        configuration.complete(demo)
    scratch["backbone"] = "pixels"
    demo["images"]["demo"]["sample"]["experiments"] = False
    with pytest.raises(UserError, match=r"conv1.augmentation: follows the sweep"):
        configuration.complete(demo)
    for network in scratch["networks"].values():
        network["augmentation"] = "none"
    configuration.complete(demo)


def test_no_image_set_flips_unless_it_says_so(demo: dict[str, Any]) -> None:
    configuration.complete(demo)
    assert "flip" not in sample_plan.swept_types(demo, "demo")
    demo["images"]["demo"]["augmentation"]["flip"] = True
    assert sample_plan.levels_of(demo, "demo", "flip") == [0.5]


def test_a_grid_of_features_that_nothing_makes_is_refused(demo: dict[str, Any]) -> None:
    grid = demo["images"]["demo"]["grid"]
    grid["products"] = [{"backbone": ["vgg_dem"]}]
    with pytest.raises(UserError, match=r"products\[0\].backbone: 'vgg_dem'.*vgg_demo"):
        configuration.complete(demo)
    grid["products"] = [{"features": ["augmented"]}]
    demo["images"]["demo"]["backbones"]["vgg_demo"]["passes"] = 0
    demo["images"]["demo"]["head"]["passes"] = 0
    with pytest.raises(UserError, match="vgg_demo stores no passes"):
        configuration.complete(demo)


def test_a_product_of_the_grid_is_the_lesson_s_head_where_it_says_nothing(
    demo: dict[str, Any],
) -> None:
    demo["images"]["demo"]["grid"]["products"] = [{"width": [64]}]
    configuration.complete(demo)
    (name,) = model_plan.points(demo, "demo")
    assert name == (
        "backbone-vgg_demo_head-dense_pool-max_depth-2_width-64_dropout-0.8_features-plain_"
        "halves-0_share-1"
    )
    assert model_plan.members(demo, "demo") == [
        "linear_vgg_demo",
        "regions_plain_vgg_demo",
        "regions_centred_vgg_demo",
        name,
    ]
    assert model_plan.submitted(demo, "demo") == "chain"
    demo["images"]["demo"]["grid"]["products"] = []
    assert model_plan.submitted(demo, "demo") == "head"
    assert not model_plan.pages(demo, "demo")


def test_a_home_folder_and_variables_in_paths_are_put_in(
    demo: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setenv("PLACE", "films")
    demo["movies"]["mine"] = {"source": {"movielens": {"path": "~/$PLACE/ml"}}}
    configuration.complete(demo)
    assert locations.source_path(demo, "movies", "mine") == "/home/me/films/ml"
    demo["movies"]["mine"]["source"]["movielens"]["path"] = "US$5/${PLACE}/$UNKNOWN"
    demo["data_root"] = "~"
    assert locations.source_path(demo, "movies", "mine") == "/home/me/US$5/films/$UNKNOWN"


@pytest.mark.parametrize("name", ["pe{t}s", "{pets}", "{a,b+}"])
def test_a_path_with_a_wildcard_of_snakemake_is_refused(demo: dict[str, Any], name: str) -> None:
    demo["movies"]["mine"] = {"source": {"movielens": {"path": name}}}
    demo["run"]["movies"] = ["mine"]
    demo["data_root"] = "/home/me"
    configuration.complete(demo)
    with pytest.raises(UserError) as caught:
        locations.require_no_wildcards(demo)
    key = "config: movies.mine.source.movielens.path"
    assert str(caught.value).startswith(f"{key}: /home/me/{name}: ")
    assert "for a wildcard; rename the folder or file, or name a link to it" in str(caught.value)


@pytest.mark.parametrize("name", ["{", "}{", "{a b}", "{}", "{1", "plain"])
def test_other_braces_are_no_wildcards(demo: dict[str, Any], name: str) -> None:
    demo["movies"]["mine"] = {"source": {"movielens": {"path": name}}}
    demo["run"]["movies"] = ["mine"]
    configuration.complete(demo)
    locations.require_no_wildcards(demo)
