"""Words, vocabulary and word indices as in the IMDB data set that Keras and the lesson use.

Beside these words, which the lesson's networks read, a text can be split into words and marks, for
models that count n-grams: `8/10` and a question mark say what the words alone do not. There the
ways to write an apostrophe, an accent, a line break or HTML's entities are one.

Chinese, Japanese, Thai, Lao, Khmer and Burmese have no blanks between words: each of their
characters is a word, and n-grams of words are then n-grams of characters.
"""

import html
import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.errors import UserError

PADDING = 0
End = Literal["front", "end"]
Split = Callable[[str], list[str]]
VOCABULARY_COLUMNS = ("word_index", "word", "count")

_SEPARATORS = string.punctuation.replace("'", "") + "\t\n"
_TO_WORDS = bytes.maketrans(
    (string.ascii_uppercase + _SEPARATORS).encode(),
    (string.ascii_lowercase + " " * len(_SEPARATORS)).encode(),
)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\uff07\u00b4", "'"))
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003134f]"
)
_WORD_OR_MARK = re.compile(r"\w+(?:'\w+)*|[^\w\s]")
WRITING = {
    "apostrophes": f"[{''.join(map(chr, _APOSTROPHES))}]",
    "line_break": _LINE_BREAK.pattern,
    "unspaced": _UNSPACED.pattern,
    "word_or_mark": _WORD_OR_MARK.pattern,
}
"""The patterns of `split_words_and_marks`, for who reads the texts elsewhere."""


def split_words(text: str) -> list[str]:
    """Split `text` into words as the tokeniser of Keras 1 did under Python 2.

    Only A-Z become lower case; every character of `string.punctuation` but the apostrophe, tab
    and newline become blanks; words stand between blanks. Translating bytes is safe, since in
    UTF-8 no byte of another character is an ASCII code.
    """
    blanked = _apart(text).encode().translate(_TO_WORDS).decode()
    return [word for word in blanked.split(" ") if word]


def split_words_and_marks(text: str) -> list[str]:
    """Split `text` into words of small letters and single marks; HTML's line breaks are left out.

    An apostrophe between letters belongs to its word.
    """
    return _WORD_OR_MARK.findall(_apart(_LINE_BREAK.sub(" ", _one_typography(text))).lower())


def is_word(token: str) -> bool:
    """Whether a token of `split_words_and_marks` is a word, not a mark."""
    return any(character.isalnum() for character in token)


def has_no_blanks(text: str) -> bool:
    """Whether characters of languages without blanks between words stand in `text`."""
    return not text.isascii() and _UNSPACED.search(text) is not None


def _apart(text: str) -> str:
    """Blanks around each character of a language that has none."""
    return text if text.isascii() else _UNSPACED.sub(r" \g<0> ", text)


def _one_typography(text: str) -> str:
    if "&" in text:
        text = html.unescape(text)
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_APOSTROPHES)


def build_vocabulary(texts: Iterable[str], split: Split = split_words) -> pd.DataFrame:
    """Count the words of `texts`, the training reviews only, and number them from 1.

    Returns:
        Columns word_index (1 for the most frequent), word, count. Words of equal count are in
        order of their code points. Keras' published index has the same order of counts, its
        ties being in no order that could be stated.
    """
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(split(text))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    vocabulary = pd.DataFrame(ordered, columns=list(VOCABULARY_COLUMNS[1:]))
    vocabulary.insert(0, VOCABULARY_COLUMNS[0], range(1, len(vocabulary) + 1))
    return vocabulary


def renumber(vocabulary: pd.DataFrame, published: Mapping[str, int]) -> pd.DataFrame:
    """Number the words of a vocabulary as a published index does, such as Keras' of IMDB.

    Returns:
        The same columns and counts, in the order of the index, numbered from 1.

    Raises:
        UserError: the index lacks a word of the training reviews, so it is another data set's.
    """
    absent = sorted(set(vocabulary["word"]) - published.keys())
    if absent:
        raise UserError(
            f"the word index lacks {len(absent):,} words of the training reviews, {absent[0]!r} "
            "for one; give the index of these reviews"
        )
    order = vocabulary["word"].map(published).sort_values(kind="stable").index
    numbered = vocabulary.loc[order].reset_index(drop=True)
    return numbered.assign(word_index=range(1, len(numbered) + 1))


def encode(
    texts: Iterable[str], words: Sequence[str], split: Split = split_words
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Replace each word by its place in `words`, counted from 1; drop the words not in it.

    Returns:
        values (tokens,) of all reviews one after the other, and offsets (reviews + 1,): review
        i is `values[offsets[i] : offsets[i + 1]]`.
    """
    indices = {word: index for index, word in enumerate(words, start=1)}
    encoded = [
        np.array([indices[word] for word in split(text) if word in indices], np.int32)
        for text in texts
    ]
    offsets = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
    return np.concatenate([np.empty(0, np.int32), *encoded]), offsets


def cap(values: NDArray[np.int32], vocabulary: int) -> NDArray[np.int32]:
    """Give all rarer words the last of `vocabulary` indices; index 0 is padding.

    With 5,000 the 4,998 most frequent words keep their own index and 4,999 stands for the rest.
    """
    return np.minimum(values, np.int32(vocabulary - 1))


def truncate(
    values: NDArray[np.int32], offsets: NDArray[np.int64], length: int, truncating: End
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Keep `length` tokens of every review at most; the others go at the `truncating` end.

    Args:
        values: the tokens of these reviews alone, from `offsets[0]` to `offsets[-1]`.
    """
    lengths = np.diff(offsets)
    places = np.arange(offsets[0], offsets[-1])
    if truncating == "front":
        is_kept = np.repeat(offsets[1:], lengths) - places <= length
    else:
        is_kept = places - np.repeat(offsets[:-1], lengths) < length
    return values[is_kept], np.concatenate([[0], np.cumsum(np.minimum(lengths, length))])


def pad(
    values: NDArray[np.int32],
    offsets: NDArray[np.int64],
    length: int,
    padding: End = "front",
    truncating: End = "front",
) -> NDArray[np.int32]:
    """Bring every review to `length` tokens: (reviews, length).

    As `keras.utils.pad_sequences` does by default, and the lesson's notebook did, long reviews lose
    their beginning and short ones get padding in front; the lesson's text says "at the end".
    """
    kept, ends = truncate(values, offsets, length, truncating)
    lengths, columns = np.diff(ends)[:, None], np.arange(length)
    cells = columns >= length - lengths if padding == "front" else columns < lengths
    padded = np.full((len(offsets) - 1, length), PADDING, np.int32)
    padded[cells] = kept
    return padded


def mark_empty(padded: NDArray[np.int32], index: int, padding: End) -> NDArray[np.int32]:
    """Give each row (length,) of padding alone one token: an average over no word is none."""
    padded[~padded.any(axis=1), -1 if padding == "front" else 0] = index
    return padded


@dataclass(frozen=True)
class Tokenised:
    """A vocabulary, and the values and offsets of all reviews by it: see `encode`."""

    vocabulary: pd.DataFrame
    tokens: tuple[NDArray[np.int32], NDArray[np.int64]]


def tokenise(
    texts: pd.Series,
    in_training: pd.Series,
    split: Split = split_words,
    published: Mapping[str, int] | None = None,
) -> Tokenised:
    """Count the words of the training reviews and encode all reviews with them.

    Args:
        texts: of all reviews, (reviews,).
        in_training: (reviews,) bool.
        published: an index to number the words by; None numbers them by frequency.

    Raises:
        UserError: there is no word, or the index lacks one.
    """
    vocabulary = build_vocabulary(texts[in_training], split)
    if vocabulary.empty:
        raise UserError("no text to train on has a word; give texts of letters")
    if published is not None:
        vocabulary = renumber(vocabulary, published)
    return Tokenised(vocabulary, encode(texts, list(vocabulary["word"]), split))


def statistics_of(words: Tokenised, in_training: NDArray[np.bool_]) -> dict[str, Any]:
    """The content of token_statistics.json: different words, lengths of reviews of each part."""
    lengths = np.diff(words.tokens[1])
    return {
        "words": len(words.vocabulary),
        "train": token_statistics(lengths[in_training]),
        "test": token_statistics(lengths[~in_training]),
    }


def token_statistics(lengths: NDArray[Any]) -> dict[str, float]:
    """Longest, shortest and mean number of tokens of a review."""
    return {"max": int(lengths.max()), "min": int(lengths.min()), "mean": float(lengths.mean())}
