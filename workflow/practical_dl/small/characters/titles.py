"""The models by the names that files and pages use."""

from typing import NamedTuple


class Window(NamedTuple):
    """A net unrolled by hand: how many symbols it reads, how it merges them, of what kind."""

    length: int
    merge: str
    symbols: str


WINDOWS = {
    "three_sum": Window(3, "sum", "characters"),
    "three_concatenation": Window(3, "concatenation", "characters"),
    "eight": Window(8, "sum", "characters"),
    "three_words": Window(3, "sum", "words"),
}
RECURRENT = ("rnn", "lstm")
TITLES = {
    "three_sum": "three characters, summed",
    "three_concatenation": "three characters, concatenated",
    "eight": "eight characters, summed",
    "rnn": "plain recurrent layer",
    "lstm": "LSTM",
    "three_words": "three words, summed",
}
OF_CHARACTERS = tuple(name for name in TITLES if name != "three_words")
