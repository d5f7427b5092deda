"""A text as numbers, cut into the parts that train, choose the epoch and are held out."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.small.characters.sources import read_text
from practical_dl.small.characters.titles import OF_CHARACTERS, TITLES, WINDOWS

Symbols = NDArray[np.int32]

CONTEXT = 40
"""Symbols that every model may read before the first one that is scored."""

SCORED_ROWS = 16
"""Rows that the held-out part is cut into where a recurrent model reads it."""

SHORTEST = 1000
LONGEST_WINDOW = max(window.length for window in WINDOWS.values())
UNKNOWN = "(rare)"
WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True)
class Learned:
    """Three contiguous parts of a text: symbols (n,) as indices in `names`."""

    names: tuple[str, ...]
    train: Symbols
    inner: Symbols
    held_out: Symbols

    @property
    def of_words(self) -> bool:
        return self.names[0] == UNKNOWN


def learned_by_model(settings: Mapping[str, Any], batch: int = 0) -> dict[str, Learned]:
    """The text that `settings` name, by model: its characters or its words.

    `settings` has path, lower_case, vocabulary (of words), inner_share and held_out_share; `batch`
    is the number of characters that the largest batch of a recurrent layer reads.

    Raises:
        UserError: the file is no text, or has too few characters or words; says how many would do.
    """
    shares = settings["inner_share"], settings["held_out_share"]
    least = max(SHORTEST, fewest_symbols(*shares, batch))
    text = read_text(Path(settings["path"]), least)
    _require_words(settings["path"], text, fewest_symbols(*shares))
    text = text.lower() if settings["lower_case"] else text
    characters, words = (
        characters_of(text, *shares),
        words_of(text, settings["vocabulary"], *shares),
    )
    return {name: characters if name in OF_CHARACTERS else words for name in TITLES}


def characters_of(text: str, inner_share: float, held_out_share: float) -> Learned:
    """The text by character; names are the distinct ones in order of their code points."""
    return _cut(list(text), tuple(sorted(set(text))), inner_share, held_out_share)


def words_of(text: str, vocabulary: int, inner_share: float, held_out_share: float) -> Learned:
    """The text by lower-case word or punctuation mark.

    Names are the `vocabulary` - 1 most frequent of the part that trains; all others are UNKNOWN.
    """
    words = WORD.findall(text.lower())
    inner, _ = _borders(len(words), inner_share, held_out_share)
    frequent = [word for word, _ in Counter(words[:inner]).most_common(vocabulary - 1)]
    return _cut(words, (UNKNOWN, *frequent), inner_share, held_out_share)


def encode(symbols: Sequence[str], names: Sequence[str]) -> Symbols:
    """Index of each symbol in `names`; unknown symbols map to UNKNOWN if `names` starts with it.

    Raises:
        UserError: a symbol is not in `names`.
    """
    places = {name: place for place, name in enumerate(names)}
    rare = 0 if names[0] == UNKNOWN else None
    numbers = [places.get(symbol, rare) for symbol in symbols]
    if None in numbers:
        stranger = symbols[numbers.index(None)]
        raise UserError(f"the character {stranger!r} is not in the text that the model learns from")
    return np.array(numbers, np.int32)


def fewest_symbols(inner_share: float, held_out_share: float, batch: int = 0) -> int:
    """Symbols of a text each part of which fills a window and `batch`, and can be scored."""
    inner = max(LONGEST_WINDOW, batch) + 1
    parts = (
        (inner, inner_share),
        (inner, 1 - inner_share - held_out_share),
        (CONTEXT + SCORED_ROWS, held_out_share),
    )
    return max(math.ceil((count + 1) / share) for count, share in parts)


def _require_words(path: str | Path, text: str, least: int) -> None:
    words = len(WORD.findall(text))
    if words < least:
        raise UserError(
            f"{path}: {words:,} words and marks in {len(text):,} characters are too few for the "
            f"network on words; give a text of {least:,} or more, with blanks between words"
        )


def _cut(
    symbols: Sequence[str], names: tuple[str, ...], inner_share: float, held_out_share: float
) -> Learned:
    inner, held_out = _borders(len(symbols), inner_share, held_out_share)
    numbers = encode(symbols, names)
    if len(numbers) - held_out <= CONTEXT:
        raise UserError(
            f"the held-out part has {len(numbers) - held_out} symbols, expected more than "
            f"{CONTEXT}; give a longer text or a larger held_out_share"
        )
    return Learned(names, numbers[:inner], numbers[inner:held_out], numbers[held_out:])


def _borders(count: int, inner_share: float, held_out_share: float) -> tuple[int, int]:
    """Where the inner and the held-out part begin; both shares are of the whole."""
    held_out = round(count * (1 - held_out_share))
    return round(count * (1 - held_out_share - inner_share)), held_out
