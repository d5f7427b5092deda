"""What the networks of a review set say of a text that was typed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from practical_dl.files.artefacts import read_csv
from practical_dl.files.model_files import load_model
from practical_dl.reviews.corpus.feeding import Tokens
from practical_dl.reviews.corpus.files import Ragged, padded_tokens, read_corpus
from practical_dl.reviews.corpus.ngrams import PAIR, Codes, words_and_pairs
from practical_dl.reviews.corpus.tokens import VOCABULARY_COLUMNS, encode, pad, truncate
from practical_dl.reviews.models.data import TokenSettings, known_pairs
from practical_dl.scoring.by_class import of_both

if TYPE_CHECKING:
    import keras

PAIRS = "bigram_average"
"""The network that reads words and pairs of words, by numbers of their own."""


@dataclass
class Networks:
    """The networks in a review set's folder, loaded when they are first asked.

    Attributes:
        folder: of the set's results.
        settings: how its reviews were cut and padded.
        fewest: times that a word or pair stands in the training reviews to be known.
    """

    folder: Path
    settings: TokenSettings
    fewest: int

    @cached_property
    def models(self) -> "Mapping[str, keras.Model]":
        """By name."""
        paths = sorted(self.folder.glob("*/model.keras"))
        return {path.parent.name: load_model(path) for path in paths}

    @cached_property
    def words(self) -> list[str]:
        """The vocabulary in the order of its numbers."""
        return list(read_csv(self.folder / "vocabulary.csv", VOCABULARY_COLUMNS)["word"])

    @cached_property
    def pairs(self) -> tuple[list[Codes], int]:
        """The words and pairs that are known, and the base of their codes."""
        names = {"reviews": "reviews.csv", "about": "about.json", "split": "split.csv"}
        paths = {name: self.folder / file for name, file in names.items()}
        corpus = read_corpus(SimpleNamespace(**paths, tokens=self.folder / "tokens.h5"))
        settings = self.settings
        return known_pairs(corpus, settings.length, settings.truncating, self.fewest)

    def probabilities(self, text: str) -> dict[str, NDArray[np.float64]]:
        """Probabilities (classes,) by each network that knows anything of the text."""
        tokens = encode([text], self.words)
        if not len(tokens[0]):
            return {}
        found = {}
        for name, model in self.models.items():
            read = self._as_pairs(tokens) if name == PAIRS else self._as_words(tokens)
            if read.any():
                found[name] = answer(model, read)
        return found

    def _as_words(self, tokens: Ragged) -> Tokens:
        own = self.settings
        return padded_tokens(tokens, own.vocabulary, own.length, own.padding, own.truncating)

    def _as_pairs(self, tokens: Ragged) -> Tokens:
        known, base = self.pairs
        cut = truncate(*tokens, self.settings.length, self.settings.truncating)
        return pad(*words_and_pairs(cut, known, base), PAIR * self.settings.length)


def answer(model: "keras.Model", tokens: Tokens) -> NDArray[np.float64]:
    """Probabilities (classes,) of one review (1, length), without its padding where it can be."""
    read = tokens if model.input_shape[1] is not None else tokens[:, tokens[0] > 0]
    found = np.asarray(model(read, training=False), np.float64)[0]
    return of_both(found[0]) if len(found) == 1 else found
