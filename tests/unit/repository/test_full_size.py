from types import SimpleNamespace

import pandas as pd
import pytest
from tests.bench import full_size

RULES = {
    "fit_network": SimpleNamespace(conda_env="envs/tensorflow.yaml"),
    "score_reviews": SimpleNamespace(conda_env="envs/base.yaml"),
    "extract_features": SimpleNamespace(conda_env="envs/tensorflow.yaml"),
}
MEASURED = pd.DataFrame({"rule": ["fit_network"], "cpu_seconds": [100]})


def test_a_plan_s_cost_by_hand() -> None:
    """Twice the reviews: three jobs of 200 processor seconds; a rule never measured takes two."""
    jobs = {"fit_network": 3, "score_reviews": 1}
    cost = full_size.cost("reviews", "reviews", 0.1, jobs, MEASURED, RULES)
    assert cost.jobs == 4
    assert cost.two_cores == pytest.approx((300 + 1) / 3600)
    assert cost.gpu == pytest.approx((30 + 1) / 3600)
    assert cost.nodes == pytest.approx((100 + 1) / 3600)


def test_a_job_more_than_nodes_takes_a_second_round() -> None:
    costs = [
        full_size.cost("reviews", "reviews", 0.1, {"fit_network": count}, MEASURED, RULES)
        for count in (1, 64, 65)
    ]
    assert [round(cost.nodes * 3600) for cost in costs] == [100, 100, 200]


def test_extraction_is_reckoned_by_the_picture() -> None:
    jobs = {"extract_features": 64}
    cost = full_size.cost("store", "images", 0.0, jobs, MEASURED, RULES)
    assert cost.two_cores == pytest.approx((214_270 * 30.3 / 296 + 112_120 * 6 / 2183) / 2 / 3600)
    assert cost.nodes == pytest.approx(cost.two_cores / 64)
    assert cost.gpu == pytest.approx(214_270 * 30.7e9 / 50e12 / 3600)
    assert full_size.store_gigabytes() == pytest.approx(43.0, abs=0.05)


def test_models_of_ratings_cost_what_their_settings_say() -> None:
    """Ten passes of one chain; 4 epochs of each lesson's model, trained twice, in large batches."""
    two_rates = [[3, 0.01], [1, 0.001]]
    lesson = dict.fromkeys(full_size.LESSON_SCHEDULES, two_rates) | {"batch_size": 100_000}
    seconds = full_size.rating_seconds(
        {
            "split": {"train_share": 0.5},
            "bayes": {"burn_in": 4, "samples": 6, "chains": 1},
            "lesson": lesson,
            "protocols": ["by_time"],
            "content_shares": [0.1],
        }
    )
    trained = 16_000_102
    assert seconds["fit_bayes"] == pytest.approx(4 * 10 * trained * 0.49e-6)
    assert seconds["fit_protocol"] == pytest.approx(trained * (2 * 10 * 0.49e-6 + 3 / 80_669))
    assert seconds["fit_lesson_models"] == pytest.approx(2 * 16 * trained * (0.8e-6 + 3.8e-6))
