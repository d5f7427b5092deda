import pandas as pd
from tests.told import untold

from practical_dl.images.pages.augmentation import augmentation_page

SCORE = {"value": 0.5, "ci_low": 0.4, "ci_high": 0.6}
REPORT = {
    "model": "conv1",
    "n": 10,
    "groups": 5,
    "seeds": 2,
    "interval": "95 %, resampled over 5 groups",
    "scores": {"accuracy": SCORE, "log_loss": SCORE},
}
REPORTS = dict.fromkeys(("none", "augmented", "gain"), REPORT)
HISTORY = pd.DataFrame(
    {"setting": ["none", "augmented"], "epoch": 1, "accuracy": 0.5, "inner_accuracy": 0.4}
)


def test_the_page_names_the_amounts_and_the_gain() -> None:
    html = augmentation_page(REPORTS, HISTORY, {"width_shift": 0.05}).replace("&nbsp;", " ")
    assert "With width shift 0.05, the accuracy on groups" in html
    assert "is better by 50.0 points (95 % 40.0 to 60.0) beside" in html
    assert '<td class="worse">worse by 0.500 (95 % 0.400 to 0.600)</td>' in html
    assert untold(html) == []
    assert "Trainings of each: 2; intervals 95 %, resampled over 5 groups." in html


def test_without_augmentation_there_is_nothing_to_compare() -> None:
    assert "so there is nothing to compare" in augmentation_page(REPORTS, HISTORY, {})
