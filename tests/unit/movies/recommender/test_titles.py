import pytest

from practical_dl.job.errors import UserError
from practical_dl.movies.recommender.titles import Titles

TITLES = Titles(
    [1, 5, 9, 12, 13],
    ["Matrix, The (1999)", "Heat (1995)", "Heat (1972)", "Misérables, Les (1995)", "2012 (2009)"],
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Matrix, The (1999)", 0),
        ("the matrix", 0),
        ("matrix", 0),
        ("9", 2),
        ("heat (1995)", 1),
        ("Les Misérables", 3),
        ("2012", 4),
    ],
)
def test_a_movie_is_found_as_people_write_it(text: str, number: int) -> None:
    assert TITLES.find(text) == number


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Matrx", "'Matrx': no such movie; the nearest titles: 'Matrix, The (1999)'"),
        ("qqqqqqqq", "'qqqqqqqq': no such movie; no title is like it"),
        ("Heat", "'Heat': 2 movies; add the year: 'Heat (1995)', 'Heat (1972)'"),
    ],
)
def test_a_title_that_names_none_or_several_is_refused(text: str, message: str) -> None:
    with pytest.raises(UserError) as error:
        TITLES.find(text)
    assert message in str(error.value)
