"""Tags that are opened and closed, and the share that is closed rightly."""

from hypothesis import given
from hypothesis import strategies as st

from practical_dl.small.characters.grammar import Closing, closed_rightly, closings, tagged_lines


def test_closings_of_a_text_by_hand() -> None:
    text = "sea</b><i>sun <q>moon</q></i>"
    assert list(closings(text)) == [Closing(23, "q", 8), Closing(27, "i", 19)]


def test_the_share_of_tags_closed_rightly() -> None:
    assert closed_rightly("<b>a</b> <i>b</q> <u>c <p>d</u></p>") == (1, 4)
    assert closed_rightly("no tags, and </b> closes none") == (0, 0)
    assert closed_rightly("<b><i>x</i></b>") == (2, 2)


@given(seed=st.integers(0, 1000))
def test_the_made_up_text_closes_every_tag(seed: int) -> None:
    text = tagged_lines(5, seed)
    assert text.count("\n") == 5
    right, tags = closed_rightly(text)
    assert right == tags == text.count("</") >= 5
    assert text == tagged_lines(5, seed)


def test_another_seed_is_another_text() -> None:
    assert tagged_lines(5, 1) != tagged_lines(5, 2)
