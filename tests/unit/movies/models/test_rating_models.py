import yaml
from tests.conftest import ROOT

from practical_dl.movies.models.bayes import VARIANTS
from practical_dl.movies.models.lesson import DESIGNS
from practical_dl.movies.models.rating_models import (
    LESSON,
    OURS,
    PEERS,
    PICTURED,
    RATING_MODELS,
    REFERENCES,
    SAMPLED,
    TITLES,
)


def test_every_model_has_what_its_rule_fits_it_with() -> None:
    assert set(LESSON) == set(DESIGNS)
    assert set(SAMPLED) == set(VARIANTS)
    schema = yaml.safe_load((ROOT / "workflow/schemas/movies.schema.yaml").read_text())
    peers = schema["properties"]["peers"]
    assert peers["items"]["enum"] == peers["default"] == PEERS


def test_models_of_one_job_have_its_name_and_others_their_own() -> None:
    jobs = {name: model.job(name) for name, model in RATING_MODELS.items()}
    assert jobs["mean"] == jobs["content"] == "fit_baselines"
    assert jobs["net"] == "fit_lesson_models"
    assert jobs["bayes"] == "fit_bayes"
    assert jobs["myfm"] == "fit_myfm"


def test_what_is_shown_is_ours_and_a_control_is_called_one() -> None:
    assert {*REFERENCES, *PICTURED} < set(OURS)
    assert "bias" in REFERENCES
    assert TITLES["bayes_shuffled"] == "control: Bayesian factors, content of other movies"
