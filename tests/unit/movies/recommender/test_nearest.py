from practical_dl.movies.recommender.nearest import Nearest

NAMES = ["spirit camp", "spirited away", "matrix", "matilda", "spirited away two"]
NEAREST = Nearest(NAMES)


def found(typed: str, count: int = 2) -> list[str]:
    return [NAMES[place] for place in NEAREST.find(typed, count)]


def test_titles_that_begin_so_come_before_those_spelt_alike() -> None:
    assert found("spirited") == ["spirited away", "spirited away two"]
    assert found("spirited", 1) == ["spirited away"]
    # "  m", " ma" and "mat" are in both; "matrix" has "atr" too: 8 / 13 against 6 / 14
    assert found("matrx") == ["matrix", "matilda"]


def test_nothing_is_near_to_other_letters() -> None:
    assert found("qqqq") == found("") == found("x" * 10_000) == []
    assert Nearest([]).find("matrix", 3) == []
