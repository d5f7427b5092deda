import pandas as pd

from practical_dl.movies.pages.models import models_page
from practical_dl.movies.pages.shared import told_against
from practical_dl.report.page import _text as shown


def test_the_page_states_the_finding_and_the_lesson_s_two_units(models: pd.DataFrame) -> None:
    page = models_page("stars", models)
    bayes = models.to_dict("records")[2]
    assert f"an RMSE of {bayes['rmse']:.4f} stars" in page
    assert shown(f"{told_against(bayes, 'bias')} than shrunk biases") in page
    assert "dot product with biases 0.798" in page
    assert "dot product with biases 0.893" in page


def test_the_best_peers_are_held_against_the_model_that_knows_as_much(
    models: pd.DataFrame,
) -> None:
    page = models_page("stars", models, absent=["lenskit_mf"])
    for row in models[models["model"].isin(["myfm", "myfm_time"])].to_dict("records"):
        gap = told_against(row, str(row["model"]).replace("myfm", "bayes"))
        assert shown(f"is best: {row['rmse']:.4f}, against ours {gap}") in page
    assert "Not installed, so not in the table: LensKit BiasedMF." in page
    assert "Surprise SVD, tuned is best" not in page
