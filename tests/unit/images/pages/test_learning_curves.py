import pandas as pd

from practical_dl.images.pages.learning_curves import best_point, curves_answer


def table(highest: float) -> pd.DataFrame:
    """One curve of two points whose last step is certain."""
    score = {"accuracy": 0.5, "accuracy_low": 0.4, "accuracy_high": 0.6}
    step = {"step": 0.1, "step_low": 0.05, "step_high": 0.2}
    ends = {"lowest": 0.5, "highest": highest}
    first = {"axis": "groups", "value": 0.5, **score, **dict.fromkeys(step, float("nan")), **ends}
    return pd.DataFrame([first, {**first, "value": 1.0, **step}])


def test_a_certain_step_is_what_would_help() -> None:
    assert curves_answer(table(0.5)) == (
        "What helps at the last step of its curve: more groups, better by 10.0 points "
        "(95 % 5.0 to 20.0)."
    )
    assert best_point(table(0.5)).endswith("might move it by more than the interval says.")
    assert "single seeds from 50.0 % to 70.0 %" in best_point(table(0.7))
