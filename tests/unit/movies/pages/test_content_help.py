import pandas as pd

from practical_dl.movies.pages.content_help import content_figure, content_finding


def test_the_content_finding_speaks_of_both_ends() -> None:
    rows = [
        (10, "bayes", -0.05, -0.09, -0.01),
        (10, "bayes_shuffled", 0.001, -0.1, 0.1),
        (10, "content", -0.02, -0.03, -0.01),
        (900, "bayes", -0.002, -0.01, 0.006),
        (900, "bayes_shuffled", 0.01, 0.005, 0.02),
        (900, "content", 0.2, 0.1, 0.3),
    ]
    names = ["ratings", "model"] + [f"minus_bayes_ratings{end}" for end in ("", "_low", "_high")]
    text = content_finding(pd.DataFrame(rows, columns=names))
    assert "by -0.050 (better) at 10 training ratings" in text
    assert "by -0.002 (within the noise) at 900" in text
    assert "shuffled content by +0.001 (within the noise) and +0.010 (worse)" in text


def test_a_long_finding_is_broken_into_lines() -> None:
    scores = pd.DataFrame(
        {"model": ["bayes"] * 2, "ratings": [10, 100]}
        | {"rmse": [1.0, 0.9], "rmse_low": [0.9, 0.8], "rmse_high": [1.1, 1.0]}
    )
    figure = content_figure(scores, "word " * 60)
    title = figure.get_suptitle()
    assert max(map(len, title.split("\n"))) <= 100
    assert [label.get_text() for label in figure.axes[0].get_xticklabels()] == ["10", "100"]
