import pandas as pd

from practical_dl.images.pages.learning_curves import curves_answer


def table(highest: float) -> pd.DataFrame:
    """One curve of two points whose last step is certain."""
    score = {"accuracy": 0.5, "accuracy_low": 0.4, "accuracy_high": 0.6}
    step = {"step": 0.1, "step_low": 0.05, "step_high": 0.2}
    ends = {"lowest": 0.5, "highest": highest}
    first = {"axis": "groups", "value": 0.5, **score, **dict.fromkeys(step, float("nan")), **ends}
    return pd.DataFrame([first, {**first, "value": 1.0, **step}])


def test_a_certain_step_is_what_would_help() -> None:
    said = curves_answer(table(0.5))
    assert "What would help, outside the noise: more groups." in said
    assert said.endswith("another might move it by more than the interval says.")
    assert "single seeds from 50.0 % to 70.0 %" in curves_answer(table(0.7))
