import pytest

from practical_dl.images.pictures.names import SCHEMES, clean_text, found_in


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [(" a\u00a0 b\t", "a b"), ("A\u0308pfel", "Äpfel"), ("\u3000猫\u3000", "猫"), ("x", "x")],
)
def test_texts_that_look_the_same_are_the_same(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        (
            "train/cat/007.JPG",
            ["train/cat/007.JPG", "007.JPG", "train/cat/007", "007", "7"],
        ),
        (".\\a\\x.1", ["a/x.1", "x.1", "a/x.1", "x.1", "x.1"]),
        ("12.0", ["12.0", "12.0", "12.0", "12.0", "12"]),
        ("000", ["000", "000", "000", "000", "0"]),
    ],
)
def test_a_name_by_each_scheme(name: str, keys: list[str]) -> None:
    assert [key(name) for key in SCHEMES.values()] == keys


def test_every_fitting_place_is_found() -> None:
    assert found_in(["1", "b", "c"], ["a/001.jpg", "1.png", "b"], "number") == [[0, 1], [2], []]
