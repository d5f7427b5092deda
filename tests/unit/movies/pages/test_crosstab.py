from practical_dl.movies.pages.crosstab import crosstab_page
from practical_dl.movies.ratings.demo import make_demo
from practical_dl.movies.recommender.crosstab import busiest_cells, fit_both


def test_the_page_tells_how_well_the_cells_are_reproduced() -> None:
    cells = busiest_cells(make_demo(40, 40, 900, 0).ratings, 15, 15)
    fits = fit_both(cells, seed=0)
    page = crosstab_page("demo", cells, [f"movie {name}" for name in cells.columns], fits)
    filled, plain = int(cells.notna().to_numpy().sum()), fits["without biases"]
    assert f"{filled} ratings with an RMSE of {plain.rmse[-1]:.3f} stars" in page
    assert "the largest difference is 0." in page
