"""The part on duplicates."""

from practical_dl.reviews.pages.duplicates import duplicates_blocks

NAMES = ("within_train", "within_test", "test_in_train")
ROWS = {"ensemble": {"accuracy": 0.9, "without_copies": 0.89}}


def test_duplicates_are_counted_and_their_worth_is_told() -> None:
    found = {name: {"exact": 3, "near": 1} for name in NAMES}
    told, table = duplicates_blocks(found, ROWS)
    assert "4 test reviews have a duplicate in the training reviews, 3 of them word for" in told
    assert "accuracy changes by -1.00" in told
    assert table.count("<tr>") == 3


def test_where_there_are_none_the_page_says_so() -> None:
    none = {name: {"exact": 0, "near": 0} for name in NAMES}
    assert duplicates_blocks(none, ROWS) == ["<p>There are none.</p>"]
