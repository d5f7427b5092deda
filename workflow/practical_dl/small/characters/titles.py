"""Models by the names that files use, and as pages call them."""

from typing import NamedTuple


class Window(NamedTuple):
    """A network unrolled by hand: how many symbols it reads, and how it merges them."""

    length: int
    merge: str


WINDOWS = {
    "three_sum": Window(3, "sum"),
    "three_concatenation": Window(3, "concatenation"),
    "eight": Window(8, "sum"),
    "three_words": Window(3, "sum"),
}
TITLES = {
    "three_sum": "three characters, summed",
    "three_concatenation": "three characters, concatenated",
    "eight": "eight characters, summed",
    "rnn": "plain recurrent layer",
    "lstm": "LSTM",
    "three_words": "three words, summed",
}
OF_CHARACTERS = tuple(name for name in TITLES if name != "three_words")
