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
    assert "at 10 and at 900 training ratings, true content is better by 0.0500" in text
    assert "and within the noise: +0.0020 (95 % -0.0060 to +0.0100);" in text
    assert "of other movies is within the noise: -0.0010" in text
    assert "and worse by 0.0100 (95 % 0.0050 to 0.0200);" in text


def test_a_long_finding_is_broken_into_lines() -> None:
    scores = pd.DataFrame(
        {"model": ["bayes"] * 2, "ratings": [10, 100]}
        | {"rmse": [1.0, 0.9], "rmse_low": [0.9, 0.8], "rmse_high": [1.1, 1.0]}
    )
    figure = content_figure(scores, "word " * 60)
    title = figure.get_suptitle()
    assert max(map(len, title.split("\n"))) <= 100
    assert [label.get_text() for label in figure.axes[0].get_xticklabels()] == ["10", "100"]
