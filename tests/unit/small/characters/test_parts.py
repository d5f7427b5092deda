"""A text as numbers in three contiguous parts."""

from pathlib import Path

import numpy as np
import pytest

from practical_dl.job.errors import UserError
from practical_dl.small.characters.parts import (
    UNKNOWN,
    characters_of,
    encode,
    fewest_symbols,
    learned_by_model,
    words_of,
)
from practical_dl.small.characters.titles import TITLES

TEXT = "abcdefghij" * 100


def test_the_parts_follow_each_other_and_make_the_whole() -> None:
    learned = characters_of(TEXT, inner_share=0.05, held_out_share=0.1)
    assert [len(part) for part in (learned.train, learned.inner, learned.held_out)] == [
        850,
        50,
        100,
    ]
    whole = np.concatenate([learned.train, learned.inner, learned.held_out])
    assert "".join(learned.names[symbol] for symbol in whole) == TEXT
    assert learned.names == tuple("abcdefghij")
    assert not learned.of_words


def test_words_are_known_by_their_frequency_where_the_model_trains() -> None:
    text = "The cat, the dog. " * 60 + "zebra zebra " * 60
    learned = words_of(text, vocabulary=4, inner_share=0.1, held_out_share=0.2)
    assert learned.of_words
    assert learned.names == (UNKNOWN, "the", "cat", ",")
    assert learned.train[:6].tolist() == [1, 2, 3, 1, 0, 0]
    assert set(learned.held_out.tolist()) == {0}


def test_a_character_that_the_text_has_not() -> None:
    assert encode("ba", ("a", "b")).tolist() == [1, 0]
    with pytest.raises(UserError, match="'ß' is not in the text"):
        encode("aß", ("a", "b"))


def test_a_held_out_part_that_is_too_short() -> None:
    with pytest.raises(UserError, match="held-out part has 10 symbols, expected more than 40"):
        characters_of(TEXT, 0.05, 0.01)


def test_every_model_learns_from_characters_but_the_one_of_words(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("The sea, the hill. " * 100)
    settings = {"lower_case": True, "vocabulary": 4, "inner_share": 0.1, "held_out_share": 0.3}
    learned = learned_by_model({"path": tmp_path / "text.txt", **settings})
    assert list(learned) == list(TITLES)
    assert [name for name, text in learned.items() if text.of_words] == ["three_words"]
    assert "T" not in learned["lstm"].names
    assert len(learned["three_words"].names) == 4


SHARES = {"inner_share": 0.1, "held_out_share": 0.2}
SETTINGS = {"lower_case": False, "vocabulary": 4, **SHARES}


def test_the_fewest_symbols_are_those_that_a_batch_and_the_scores_need() -> None:
    assert fewest_symbols(0.1, 0.2) == 285  # 56 scored ones and what they read, of a fifth
    assert fewest_symbols(0.1, 0.2, batch=80) == 820  # 81 of a tenth


def test_a_text_that_fills_no_batch_is_refused_by_its_name_with_what_would_do(
    tmp_path: Path,
) -> None:
    path = tmp_path / "text.txt"
    path.write_text("one two, " * 222)
    with pytest.raises(UserError) as raised:
        learned_by_model({"path": path, **SETTINGS}, batch=200)
    wanted = "1,998 characters are too few to learn from; give a text of 2,020 or more"
    assert str(raised.value) == f"{path}: {wanted}"
    path.write_text(("one two, " * 300)[:2020])
    learned = learned_by_model({"path": path, **SETTINGS}, batch=200)["lstm"]
    assert min(len(learned.train), len(learned.inner)) > 200


@pytest.mark.parametrize(("text", "words"), [("猫狗" * 1000, 1), ("a " * 200 + "b" * 700, 201)])
def test_a_text_without_words_says_so_with_its_name(tmp_path: Path, text: str, words: int) -> None:
    path = tmp_path / "text.txt"
    path.write_text(text)
    with pytest.raises(UserError) as raised:
        learned_by_model({"path": path, **SETTINGS})
    assert str(raised.value).startswith(f"{path}: {words} words and marks in {len(text):,} char")
    assert "give a text of 285 or more, with blanks between words" in str(raised.value)
