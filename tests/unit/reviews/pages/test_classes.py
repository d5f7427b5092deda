"""Which classes are hard: said of the same numbers that the table has."""

import html

import numpy as np

from practical_dl.reviews.corpus.about import About
from practical_dl.reviews.models.runs import Runs
from practical_dl.reviews.pages.classes import class_blocks

CLASSES = ("art", "news", "sport")
IDS = np.array(list("abcdef"), object)
LABELS = np.array([0, 0, 0, 1, 1, 2])
SAID = np.eye(3)[[0, 0, 1, 1, 2, 2]]


def test_the_hardest_and_the_easiest_class_are_named() -> None:
    runs = Runs(IDS, IDS, LABELS, ("seed_1",), SAID[:, None], CLASSES)
    blocks = class_blocks(runs, "the model", About(CLASSES, CLASSES, "", "text"))
    text = html.unescape("".join(blocks)).replace("\xa0", " ")
    assert "hardest is 'news', easiest 'art'" in text
    cells = [cell.split("<")[0] for cell in text.split("<td>")[1:]]
    assert cells[:5] == ["art", "3", "100.0 %", "66.7 %", "80.0 %"]


def test_two_classes_need_no_such_table() -> None:
    two = Runs(IDS, IDS, LABELS % 2, ("seed_1",), np.eye(2)[LABELS % 2][:, None])
    assert class_blocks(two, "the model", About(("a", "b"), ("a", "b"), "")) == []
