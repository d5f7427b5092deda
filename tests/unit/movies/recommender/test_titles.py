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


RATED = [
    ("Ghostbusters (a.k.a. Ghost Busters) (1984)", 120),
    ("Ghostbusters (2016)", 20),
    ("Old Boy (2003)", 39),
    ("Oldboy (2013)", 2),
    ("Star Wars: Episode V - The Empire Strikes Back (1980)", 211),
    ("Monty Python's Life of Brian (1979)", 89),
    ("Avengers, The (2012)", 69),
    ("Kung Fu Panda: Secrets of the Furious Five (2008)", 5),
    ("Moonlight", 1),
    ("Ring, The (2002)", 47),
    ("Ringu (Ring) (1998)", 12),
    ("Insurgent (Divergent) (2015)", 12),
    ("War of the Worlds (2005)", 50),
    ("War of the Worlds (2005)", 2),
    ("300 (2007)", 80),
    *((f"Filler {number} (1900)", 6) for number in range(120)),
]
SHELF = Titles(
    range(200, 200 + len(RATED)),
    [title for title, _ in RATED],
    [None] * 8 + [2016] + [None] * (len(RATED) - 9),
    [count for _, count in RATED],
)


def taken(text: str, year: int | None = None) -> tuple[str, str]:
    match = SHELF.look_up(text, year)
    return RATED[match.number][0], match.told


@pytest.mark.parametrize(
    ("text", "title", "told"),
    [
        ("Ghostbusters", "Ghostbusters (a.k.a. Ghost Busters) (1984)", "the most rated, not 'Gh"),
        ("Ghostbusters (2016)", "Ghostbusters (2016)", ""),
        ("Oldboy", "Old Boy (2003)", "the most rated, not 'Oldboy (2013)'"),
        ("Oldboy [2013]", "Oldboy (2013)", ""),
        ("ring", "Ring, The (2002)", ""),
        ("Ring (1998)", "Ringu (Ring) (1998)", ""),
        ("The Ring 2002", "Ring, The (2002)", ""),
        (
            "The Ring (2003)",
            "Ring, The (2002)",
            "'The Ring (2003)': taken for 'Ring, The (2002)', a year off",
        ),
        ("Moonlight (2016)", "Moonlight", ""),
        ("Star Wars (1980)", RATED[4][0], "whose title has more or less"),
        ("The Empire Strikes Back (1980)", RATED[4][0], "whose title has more or less"),
        ("Star Wars: The Empire Strikes Back (1980)", RATED[4][0], "whose title has more or less"),
        ("Life of Brian (1979)", RATED[5][0], "whose title has more or less"),
        ("Marvel\u2019s The Avengers (2012)", RATED[6][0], "whose title has more or less"),
        ("Divergent", "Insurgent (Divergent) (2015)", "taken for 'Insurgent"),
        ("Allegiant (Insurgent) (2015)", "Insurgent (Divergent) (2015)", ""),
        (
            "War of the Worlds (2005)",
            RATED[12][0],
            "taken for 212 ('War of the Worlds (2005)'), the most rated, not 213",
        ),
    ],
)
def test_of_several_the_year_or_the_most_rated_is_taken_and_told(
    text: str, title: str, told: str
) -> None:
    found, why = taken(text)
    assert found == title
    assert bool(why) == bool(told)
    assert told in why


@pytest.mark.parametrize(
    "text",
    [
        "Kung Fu Panda (2008)",  # the set has a little-known companion of that year only
        "Ghostbusters (2000)",
        "Hard (1988)",
        "Insurgent (Divergent) (2017)",
        "The Filler 3 (1902)",
        "Brian (1979)",
        "",
    ],
)
def test_a_movie_that_is_not_there_is_not_another(text: str) -> None:
    with pytest.raises(UserError, match="no such movie"):
        SHELF.look_up(text)


def test_a_year_from_elsewhere_is_used_unless_the_title_has_one() -> None:
    assert taken("ghostbusters", 2016) == ("Ghostbusters (2016)", "")
    assert taken("ghostbusters (1984)", 2016)[0] == RATED[0][0]


def test_the_nearest_titles_begin_with_what_was_typed() -> None:
    with pytest.raises(UserError, match=r"no such movie; the nearest titles: 'Kung Fu Panda: Sec"):
        SHELF.look_up("Kung Fu Panda (2008)")


def test_digits_that_are_an_id_and_a_title_are_asked_for() -> None:
    titles = Titles([1, 300], ["300 (2007)", "Quiz Show (1994)"])
    with pytest.raises(UserError, match=r"the id of 'Quiz Show \(1994\)', and the title of '300"):
        titles.find("300")
    assert titles.find("300 (2007)") == 0
    assert Titles(["7 rings"], ["7 rings"]).find("7 rings") == 0
