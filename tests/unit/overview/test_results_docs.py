import pandas as pd

from practical_dl.overview.results_docs import page


def test_every_score_is_a_row_with_what_others_reached() -> None:
    comparison = pd.DataFrame(
        {
            "pipeline": ["movies", "movies"],
            "dataset": ["movielens", "movielens"],
            "model": ["bias", "bias"],
            "part": ["valid", "valid"],
            "metric": ["rmse", "mae"],
            "value": ["0.87146", "0.66862"],
            "ci_low": ["0.84485", "0.64662"],
            "ci_high": ["0.89900", "0.69158"],
            "n": ["20124", "20124"],
            "seed": ["42", "42"],
            "seconds": ["5.1", ""],
        }
    )
    references = pd.DataFrame(
        {
            "dataset": ["movielens"],
            "model": ["bias"],
            "part": ["valid"],
            "metric": ["rmse"],
            "original": ["0.9"],
            "peer": ["0.8"],
        }
    )
    lines = page(comparison, references, "abc").splitlines()
    assert "## movies: movielens (target `movies`, commit abc)" in lines
    assert "| bias | valid | rmse | 0.8715 | 0.8448 to 0.8990 | 20,124 | 5 | 0.9 | 0.8 |" in lines
    assert "| bias | valid | mae | 0.6686 | 0.6466 to 0.6916 | 20,124 |  |  |  |" in lines
