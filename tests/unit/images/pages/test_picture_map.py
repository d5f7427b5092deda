"""The map of pictures: its sentence, its rings and its thumbnails."""

import numpy as np
import pandas as pd
from tests.told import cells_of, finding_of

from practical_dl.images.features.picture_places import Drawn
from practical_dl.images.pages.picture_map import (
    HIGH,
    WIDE,
    colours_of,
    neighbour_table,
    picture_map_page,
)


def drawn(groups: list[str]) -> Drawn:
    """Plain features follow the group, centred ones the class."""
    rows = pd.DataFrame({"image_id": [f"{n}.jpg" for n in range(24)], "label": [*"ab"] * 12})
    rows["group"] = groups
    rng = np.random.default_rng(0)
    by_group = np.repeat([0.0, 100.0], 12)[:, None] + rng.normal(size=(24, 2))
    by_class = np.tile([0.0, 100.0], 12)[:, None] + rng.normal(size=(24, 2))
    features = {"plain": by_group.astype(np.float32), "centred": by_class.astype(np.float32)}
    return Drawn(rows, features)


GROUPED = ["p1"] * 12 + ["p2"] * 12
THUMBNAILS = np.zeros((24, HIGH, WIDE, 3), np.uint8)


def test_the_sentence_stands_in_the_table_and_tells_group_from_class() -> None:
    page = picture_map_page(drawn(GROUPED), {"3.jpg": "a"}, THUMBNAILS, 0)
    table = neighbour_table(drawn(GROUPED)).set_index("features")
    assert table["same group"].iloc[0] == "100.0 %"
    assert table["same class"].iloc[1] == "100.0 %"
    for share in table.to_numpy().ravel():
        assert share in finding_of(page)
        assert share in cells_of(page)


def test_a_mistake_has_a_ring_and_says_what_it_was_taken_for() -> None:
    page = picture_map_page(drawn(GROUPED), {"3.jpg": "a", "4.jpg": "a"}, THUMBNAILS, 0)
    assert page.count('<i class="wrong') == 2
    assert page.count("3.jpg, p1: b, taken for a") == 2
    assert page.count("<i ") == 48


def test_without_groups_nothing_is_said_of_them() -> None:
    page = picture_map_page(drawn([f"{n}.jpg" for n in range(24)]), {}, THUMBNAILS, 0)
    assert "same group" not in page
    assert 'by-group"' not in page


def test_many_classes_have_as_many_colours() -> None:
    assert len(set(colours_of(pd.Series([f"c{n}" for n in range(26)])).values())) == 26
