import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.movies.recommender.title_names import (
    form,
    heads,
    loose,
    tails,
    take_apart,
    without_article,
    without_owner,
)


@pytest.mark.parametrize(
    ("title", "main", "others", "year"),
    [
        ("Matrix, The (1999)", "The Matrix", (), 1999),
        ("Seven (a.k.a. Se7en) (1995)", "Seven", ("Se7en",), 1995),
        (
            "Léon: The Professional (aka The Professional) (Léon) (1994)",
            "Léon: The Professional",
            ("Léon", "The Professional"),
            1994,
        ),
        (
            "Avventura, L' (Adventure, The) (1960)",
            "L'Avventura",
            ("The Adventure", "Adventure"),
            1960,
        ),
        ("Heat [1995]", "Heat", (), 1995),
        ("Heat (1995/II)", "Heat", (), 1995),
        ("Death Note: Desu nôto (2006\u20132007)", "Death Note: Desu nôto", (), 2006),
        ("(500) Days of Summer (2009)", "(500) Days of Summer", (), 2009),
        ("[REC]² (2009)", "[REC]²", (), 2009),
        ("2012", "2012", (), None),
        ("Tom &amp; Jerry", "Tom & Jerry", (), None),
        ("Die Hard", "Die Hard", (), None),
    ],
)
def test_a_title_is_taken_apart(
    title: str, main: str, others: tuple[str, ...], year: int | None
) -> None:
    found = take_apart(title)
    assert (found.main, found.others, found.year) == (main, others, year)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amélie", "amelie"),
        (unicodedata.normalize("NFD", "Amélie"), "Amélie"),
        ("Schindler\u2019s List", "Schindler's List"),
        ("WALL·E", "WALL-E"),
        ("Fast & Furious", "Fast and Furious"),
        ("8½", "8 1/2"),
        ("Alien³", "Alien3"),
        ("Smørrebrød", "Smorrebrod"),
        ("STRASSE", "Straße"),
        ("Mission: Impossible \u2013 Fallout", "Mission Impossible - Fallout"),
    ],
)
def test_ways_of_writing_have_one_form(one: str, other: str) -> None:
    assert form(one) == form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Spider-Man", "Spiderman"),
        ("S.W.A.T.", "SWAT"),
        ("The Godfather: Part II", "The Godfather 2"),
        ("Guardians of the Galaxy Vol. 2", "Guardians of the Galaxy 2"),
        ("Rocky V", "Rocky 5"),
        ("X2: X-Men United", "X2 XMen United"),
        ("Me, Myself & Irene", "Me Myself Irene"),
    ],
)
def test_but_for_blanks_and_numerals_they_are_the_same(one: str, other: str) -> None:
    assert form(one) != form(other)
    assert loose(form(one)) == loose(form(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("V for Vendetta", "5 for Vendetta"),
        ("Malcolm X", "Malcolm 10"),
        ("Part of Me", "Of Me"),
        ("Die Hard", "Hard"),
        ("Rocky II", "Rocky III"),
    ],
)
def test_different_titles_stay_different(one: str, other: str) -> None:
    assert loose(form(one)) != loose(form(other))


def test_only_english_articles_are_left_out_in_front() -> None:
    names = (
        "the matrix",
        "a bug s life",
        "an education",
        "the",
        "die hard",
        "la la land",
        "theory",
    )
    left = ["matrix", "bug s life", "education", "the", "die hard", "la la land", "theory"]
    assert [without_article(name) for name in names] == left


def test_a_title_has_parts_at_colons_dashes_and_possessives() -> None:
    title = "Star Wars: Episode V - The Empire Strikes Back"
    assert heads(title) == ["star wars", "star wars episode v"]
    assert tails(title) == ["episode v the empire strikes back", "the empire strikes back"]
    assert without_owner("Monty Python's Life of Brian") == ["life of brian"]
    assert heads("Spider-Man") == tails("Heat") == without_owner("Ocean's") == []


@given(st.text(max_size=60))
def test_any_text_has_a_form_that_does_not_change_again(text: str) -> None:
    found = take_apart(text)
    plain = form(found.main)
    assert form(plain) == plain
    assert isinstance(loose(plain), str)
