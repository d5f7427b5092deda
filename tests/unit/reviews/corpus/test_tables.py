"""Texts of one's own: tables as people have them, by hand."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.sources import COLUMNS, Source
from practical_dl.reviews.corpus.tables import read_review_tables
from practical_dl.tables.mistakes import RowsError

DEFAULTS: dict[str, Any] = {
    "text": "text",
    "label": "label",
    "classes": None,
    "ordered": None,
    "group": None,
    "split": None,
    "split_leaks": "refuse",
    "id": None,
    "test": None,
    "test_share": 0.25,
    "unlabelled": None,
    "on_bad_rows": "refuse",
    "format": {
        "separator": None,
        "encoding": None,
        "decimal": None,
        "sheet": None,
        "columns": None,
    },
}
EIGHT = [
    ("fine film", "good"),
    ("fine music", "good"),
    ("fine cast", "good"),
    ("fine end", "good"),
    ("dull film", "bad"),
    ("dull music", "bad"),
    ("dull cast", "bad"),
    ("dull end", "bad"),
]
DUPLICATES = {"size": 5, "similarity": 0.5}
PARTS = ["train", "dev", "test", "Train", "train", "Validation", "TEST", "training"]


def write(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return str(path)


def read(path: str, **settings: Any) -> Source:
    return read_review_tables({**DEFAULTS, "path": path, **settings}, 1, DUPLICATES)


def test_a_table_of_texts_and_labels_is_cut_by_class(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.csv", ["text", "label"], EIGHT)
    found = read(path)
    reviews = found.reviews
    assert tuple(reviews.columns) == COLUMNS
    assert reviews["text"].tolist() == [text for text, _ in EIGHT]
    assert reviews["label"].tolist() == [1] * 4 + [0] * 4
    assert pd.crosstab(reviews["split"], reviews["label"]).to_numpy().tolist() == [[1, 1], [3, 3]]
    lines = [int(name.split("/")[1]) for name in reviews["review_id"]]
    assert lines == [2, 3, 4, 5, 6, 7, 8, 9]
    assert set(reviews["film"]) | set(reviews["stars"]) == {""}
    assert found.about.classes == ("bad", "good")
    assert (found.about.group, found.about.text) == ("", "text")
    assert found.about.told == (
        "mine.csv read as: ',', utf-8, 8 rows",
        "classes of 'label': bad (4 rows), good (4 rows), in this order as these names are known",
        "not grouped: texts of one author or subject may train and test",
        "test rows: 2 of 8, drawn, duplicates on one side",
    )
    assert found.dropped.empty


def test_copies_of_a_text_stay_on_one_side(tmp_path: Path) -> None:
    rows = [
        (f"{word} {punctuation}", label)
        for word, label in [("fine", "good"), ("lovely", "good"), ("dull", "bad"), ("poor", "bad")]
        for punctuation in ".!?,"
    ]
    for seed in range(5):
        path = write(tmp_path / "mine.csv", ["text", "label"], rows)
        reviews = read_review_tables(
            {**DEFAULTS, "path": path, "test_share": 0.5}, seed, DUPLICATES
        ).reviews
        sides = reviews.groupby(reviews["text"].str.split().str[0])["split"].nunique()
        assert sides.tolist() == [1, 1, 1, 1]


def test_groups_stand_on_one_side_and_are_the_same_in_other_unicode(tmp_path: Path) -> None:
    groups = ["Zoë", "Zoe\u0308", " Zoë ", "b", "Zoë", "b", "b", "b"]
    rows = [(*row, group) for row, group in zip(EIGHT, groups, strict=True)]
    path = write(tmp_path / "mine.csv", ["text", "label", "who"], rows)
    found = read(path, group="who", test_share=0.8)
    assert found.reviews["film"].tolist() == ["Zoë", "Zoë", "Zoë", "b", "Zoë", "b", "b", "b"]
    assert found.reviews.groupby("film")["split"].nunique().tolist() == [1, 1]
    assert found.about.group == "who"
    assert "grouped by 'who': 2 groups" in found.about.told


def test_rows_without_a_group_are_not_one_group(tmp_path: Path) -> None:
    groups = ["", "nan", "N/A", "a", "", "null", "b", "A"]
    rows = [(*row, group) for row, group in zip(EIGHT, groups, strict=True)]
    found = read(write(tmp_path / "mine.csv", ["text", "label", "who"], rows), group="who")
    assert found.reviews["film"].tolist() == ["", "", "", "a", "", "", "b", "A"]
    assert "grouped by 'who': 3 groups; 5 rows without one, each for itself" in found.about.told
    assert "groups that differ from another by case alone: 1, kept apart" in found.about.told


def test_ready_made_parts_are_used_as_they_are(tmp_path: Path) -> None:
    rows = [(*row, part) for row, part in zip(EIGHT, PARTS, strict=True)]
    found = read(write(tmp_path / "mine.csv", ["text", "label", "part"], rows), split="part")
    assert found.reviews["split"].tolist() == [
        "train", "valid", "test", "train", "train", "valid", "test", "train",
    ]  # fmt: skip
    assert found.reviews["review_id"].tolist()[:3] == ["train/2", "valid/3", "test/4"]
    assert "ready-made parts: train 4, valid 2, test 2 rows" in found.about.told


def test_a_second_table_tests(tmp_path: Path) -> None:
    path = write(
        tmp_path / "mine.csv", ["text", "label", "nr"], [(*row, n) for n, row in enumerate(EIGHT)]
    )
    test = write(
        tmp_path / "more.csv",
        ["nr", "label", "text"],
        [("x", "Good", "so fine"), ("y", "bad", "so dull")],
    )
    found = read(path, test=test, id="nr")
    assert found.reviews["review_id"].tolist() == [*map(str, range(8)), "x", "y"]
    assert found.reviews["split"].tolist() == ["train"] * 8 + ["test"] * 2
    assert found.reviews["label"].tolist()[-2:] == [1, 0]
    assert "'Good' (1 row) is taken for 'good'" in found.about.told
    assert read(path, test=test).reviews["review_id"].tolist()[-2:] == ["test/2", "test/3"]


def test_a_group_on_two_sides_of_ready_made_parts_is_refused_or_told(tmp_path: Path) -> None:
    rows = [(*row, part, who) for row, part, who in zip(EIGHT, PARTS, "abaccdef", strict=True)]
    path = write(tmp_path / "mine.csv", ["text", "label", "part", "who"], rows)
    line = "1 group of 'who' in train and test ('a')"
    with pytest.raises(UserError) as raised:
        read(path, split="part", group="who")
    assert line in str(raised.value)
    assert "split_leaks: accept" in str(raised.value)
    found = read(path, split="part", group="who", split_leaks="accept")
    assert f"{line}: scores may flatter" in found.about.told
    assert found.reviews["split"].tolist().count("test") == 2


def test_all_mistakes_are_told_with_their_lines(tmp_path: Path) -> None:
    rows = [
        ("", "good", "train"),
        ("fine", "", "train"),
        ("dull", "bad", "tset"),
        *[(*row, part) for row, part in zip(EIGHT, PARTS, strict=True)],
    ]
    path = write(tmp_path / "mine.csv", ["text", "label", "part"], rows)
    with pytest.raises(RowsError) as raised:
        read(path, split="part")
    assert str(raised.value).splitlines() == [
        f"{path}: 3 mistakes; mend them, or set on_bad_rows: drop",
        f"  {path}:2: text: '', expected a text",
        f"  {path}:3: label: '', expected a class",
        f"  {path}:4: part: 'tset', expected train, valid or test",
    ]
    found = read(path, split="part", on_bad_rows="drop")
    assert len(found.reviews) == 8
    assert found.dropped["line"].tolist() == [2, 3, 4]
    assert found.dropped["file"].tolist() == ["mine.csv"] * 3
    assert "3 rows of mine.csv left out" in found.about.told


def test_labels_that_stand_for_none_are_mistakes_unless_they_are_a_class(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.csv", ["text", "label"], [*EIGHT, ("so so", "n/a")])
    with pytest.raises(RowsError, match="label: 'n/a', expected a class"):
        read(path)
    hate = [(text, "hate" if label == "bad" else "none") for text, label in EIGHT]
    path = write(tmp_path / "hate.csv", ["text", "label"], hate)
    assert read(path).about.classes == ("hate", "none")


def test_three_classes_are_all_on_both_sides(tmp_path: Path) -> None:
    stars = [(f"text {number}", str(number % 3 + 1)) for number in range(30)]
    path = write(tmp_path / "mine.csv", ["text", "label"], stars)
    found = read(path)
    assert found.about.classes == ("1", "2", "3")
    assert found.about.scale == (1, 2, 3)
    sides = pd.crosstab(found.reviews["split"], found.reviews["label"])
    assert sides.to_numpy().tolist() == [[2, 2, 2], [8, 8, 8]]
    assert read(path, ordered=False).about.scale == ()


def test_two_classes_of_several_are_chosen_by_leaving_the_others_out(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.csv", ["text", "label"], [*EIGHT, ("so so", "neutral")])
    with pytest.raises(UserError, match=r"1 class of fewer than 3 rows \('neutral' \(1\)\)"):
        read(path)
    with pytest.raises(RowsError, match="label: 'neutral', expected good or bad"):
        read(path, classes=["good", "bad"])
    found = read(path, classes=["good", "bad"], on_bad_rows="drop")
    assert found.about.classes == ("good", "bad")
    assert found.reviews["label"].tolist() == [0] * 4 + [1] * 4


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"label": "lable"}, r"no column 'lable' for `label` \(did you mean 'label'"),
        ({"split": "label"}, "8 mistakes"),
        ({"id": "label"}, "6 mistakes"),
        ({"test_share": 0.01}, "test_share 0.01: 8 different texts are too few"),
    ],
)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, settings: dict[str, Any], message: str
) -> None:
    path = write(tmp_path / "mine.csv", ["text", "label"], EIGHT)
    with pytest.raises(UserError, match=message):
        read(path, **settings)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (["train"] * 7 + ["valid"], "column 'part' has no test rows"),
        (["train"] * 4 + ["test"] * 4, "no train row is of class 'bad'"),
        (["train"] * 3 + ["test"] + ["train"] * 4, "no test row is of class 'bad'"),
    ],
)
def test_parts_that_cannot_be_used(tmp_path: Path, parts: list[str], message: str) -> None:
    rows = [(*row, part) for row, part in zip(EIGHT, parts, strict=True)]
    path = write(tmp_path / "mine.csv", ["text", "label", "part"], rows)
    with pytest.raises(UserError, match=message):
        read(path, split="part")


def test_two_sources_of_test_rows_are_one_too_many(tmp_path: Path) -> None:
    rows = [(*row, part) for row, part in zip(EIGHT, PARTS, strict=True)]
    path = write(tmp_path / "mine.csv", ["text", "label", "part"], rows)
    with pytest.raises(UserError, match="has test rows, and `test` names a table"):
        read(path, split="part", test=path)


def test_further_texts_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.csv", ["text", "label"], EIGHT)
    more = write(tmp_path / "more.csv", ["text"], [["one"], ["two"], ["three"]])
    found = read(path, unlabelled=more)
    assert found.about.told[-1] == "3 unlabelled texts in more.csv"
    assert len(found.unlabelled) == 3
    write(tmp_path / "more.csv", ["text", "nr"], [["one", 1], [" ", 2]])
    with pytest.raises(RowsError, match=r"more\.csv:3: text: '', expected a text"):
        read(path, unlabelled=more)


def test_texts_stay_as_they_are(tmp_path: Path) -> None:
    texts = [
        "<br />a &amp; b",
        "two\r\nlines",
        "猫が好き",
        "x" * 1_000_000,
        'say "no"',
        " ;,\t",
        "e",
        "f",
    ]
    rows = [(text, label) for text, (_, label) in zip(texts, EIGHT, strict=True)]
    path = write(tmp_path / "mine.csv", ["text", "label"], rows)
    assert read(path).reviews["text"].tolist()[:5] == texts[:5]


def test_texts_with_both_labels_are_told_and_what_programs_write_for_none_is_no_text(
    tmp_path: Path,
) -> None:
    rows = [*EIGHT, ("Fine film ", "bad"), ("nan", "bad")]
    path = write(tmp_path / "mine.csv", ["text", "label"], rows)
    with pytest.raises(RowsError, match=r"mine\.csv:11: text: 'nan', expected a text"):
        read(path)
    found = read(path, on_bad_rows="drop")
    assert "1 text with two labels: no model can be right on all of them" in found.about.told
