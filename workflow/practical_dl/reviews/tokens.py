"""Words, vocabulary and word indices as in the IMDB data set that Keras and the lesson use."""

import string
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

PADDING = 0
VOCABULARY_COLUMNS = ("word_index", "word", "count")

_SEPARATORS = string.punctuation.replace("'", "") + "\t\n"
_TO_WORDS = bytes.maketrans(
    (string.ascii_uppercase + _SEPARATORS).encode(),
    (string.ascii_lowercase + " " * len(_SEPARATORS)).encode(),
)


def split_words(text: str) -> list[str]:
    """Split `text` into words as the tokeniser of Keras 1 did under Python 2.

    Only A-Z become lower case; every character of `string.punctuation` but the apostrophe, tab
    and newline become blanks; words stand between blanks. Translating bytes is safe, since in
    UTF-8 no byte of another character is an ASCII code.
    """
    blanked = text.encode().translate(_TO_WORDS).decode()
    return [word for word in blanked.split(" ") if word]


def build_vocabulary(texts: Iterable[str]) -> pd.DataFrame:
    """Count the words of `texts`, the training reviews only, and number them from 1.

    Returns:
        Columns word_index (1 for the most frequent), word, count. Words of equal count are in
        order of their code points. Keras' published index has the same order of counts, its
        ties being in no order that could be stated.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(split_words(text))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    vocabulary = pd.DataFrame(ordered, columns=list(VOCABULARY_COLUMNS[1:]))
    vocabulary.insert(0, VOCABULARY_COLUMNS[0], range(1, len(vocabulary) + 1))
    return vocabulary


def encode(
    texts: Iterable[str], words: Sequence[str]
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Replace each word by its place in `words`, counted from 1; drop the words not in it.

    Returns:
        values (tokens,) of all reviews one after the other, and offsets (reviews + 1,): review
        i is `values[offsets[i] : offsets[i + 1]]`.
    """
    indices = {word: index for index, word in enumerate(words, start=1)}
    encoded = [
        np.array([indices[word] for word in split_words(text) if word in indices], np.int32)
        for text in texts
    ]
    offsets = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
    return np.concatenate([np.empty(0, np.int32), *encoded]), offsets


def cap(values: NDArray[np.int32], vocabulary: int) -> NDArray[np.int32]:
    """Give all rarer words the last of `vocabulary` indices; index 0 is padding.

    With 5,000 the 4,998 most frequent words keep their own index and 4,999 stands for the rest.
    """
    return np.minimum(values, np.int32(vocabulary - 1))


def pad(values: NDArray[np.int32], offsets: NDArray[np.int64], length: int) -> NDArray[np.int32]:
    """Bring every review to `length` tokens: (reviews, length).

    Long reviews lose their beginning, short ones get padding in front, as
    `keras.utils.pad_sequences` does by default.
    """
    lengths = np.diff(offsets)
    padded = np.full((len(lengths), length), PADDING, np.int32)
    to_end = np.repeat(offsets[1:], lengths) - np.arange(offsets[0], offsets[-1])
    padded[np.arange(length, 0, -1) <= lengths[:, None]] = values[to_end <= length]
    return padded


def last_tokens(
    values: NDArray[np.int32], offsets: NDArray[np.int64], length: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Keep the last `length` tokens of every review."""
    lengths = np.diff(offsets)
    to_end = np.repeat(offsets[1:], lengths) - np.arange(offsets[0], offsets[-1])
    kept = np.minimum(lengths, length)
    return values[to_end <= length], np.concatenate([[0], np.cumsum(kept)])


def token_statistics(lengths: NDArray[Any]) -> dict[str, float]:
    """Longest, shortest and mean number of tokens of a review."""
    return {"max": int(lengths.max()), "min": int(lengths.min()), "mean": float(lengths.mean())}
