"""The reviews as a network reads them: the table, the roles, and the tokens of every review."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.reviews.corpus.feeding import Labels, Tokens
from practical_dl.reviews.corpus.files import Corpus, padded_tokens, read_corpus
from practical_dl.reviews.corpus.ngrams import (
    PAIR,
    Codes,
    Counting,
    known_ngrams,
    rows_of,
    words_and_pairs,
)
from practical_dl.reviews.corpus.tokens import End, mark_empty, pad, truncate
from practical_dl.reviews.models.networks import BUILDERS, multi_size_model
from practical_dl.reviews.vectors.tables import Vectors

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True)
class TokenSettings:
    """The indices in use (rarer words get the last), and how reviews get one length."""

    vocabulary: int
    length: int
    padding: End
    truncating: End


@dataclass(frozen=True)
class ReviewData:
    """The table of all reviews (n rows), their roles (n,) and their tokens (n, length)."""

    reviews: pd.DataFrame
    roles: NDArray[Any]
    tokens: Tokens

    def table(self, *roles: str) -> pd.DataFrame:
        """The rows of the reviews that have one of the roles."""
        return self.reviews[np.isin(self.roles, roles)]

    def part(self, *roles: str) -> tuple[Tokens, Labels]:
        """Tokens and labels of the reviews that have one of the roles."""
        return self.tokens[np.isin(self.roles, roles)], self.table(*roles)["label"].to_numpy()

    @property
    def classes(self) -> int:
        """How many there are."""
        return int(self.reviews["label"].nunique())

    def at(self, rows: NDArray[Any]) -> "ReviewData":
        """The reviews in these rows alone, in this order."""
        return ReviewData(self.reviews.iloc[rows], self.roles[rows], self.tokens[rows])


def read_review_data(inputs: Any, vocabulary: int, params: Any) -> ReviewData:
    """Read what `read_corpus` does, with the tokens cut and padded as the config says.

    Args:
        inputs: has the paths `reviews`, `split` and `tokens`.
        vocabulary: the indices in use; all rarer words get the last.
        params: has `length`, `padding` and `truncating`.
    """
    settings = TokenSettings(vocabulary, params.length, params.padding, params.truncating)
    return padded_reviews(read_corpus(inputs), settings)


def padded_reviews(corpus: Corpus, settings: TokenSettings) -> ReviewData:
    """Every review cut and padded to one length."""
    reviews, roles, tokens = corpus
    padded = padded_tokens(
        tokens, settings.vocabulary, settings.length, settings.padding, settings.truncating
    )
    return ReviewData(reviews, roles, padded)


def reviews_as_pairs(
    corpus: Corpus, length: int, truncating: End, fewest: int
) -> tuple[ReviewData, int]:
    """Every review as its known words and pairs of words, and how many features there are.

    Args:
        length: words of a review that are read, so it has twice as many features at most.
        fewest: times that a word or pair stands in the training reviews to be known.
    """
    reviews, roles, whole = corpus
    known, base = known_pairs(corpus, length, truncating, fewest)
    tokens = truncate(*whole, length, truncating)
    padded = pad(*words_and_pairs(tokens, known, base), PAIR * length)
    return ReviewData(reviews, roles, padded), 1 + sum(map(len, known))


def known_pairs(
    corpus: Corpus, length: int, truncating: End, fewest: int
) -> tuple[list[Codes], int]:
    """The words and pairs that `reviews_as_pairs` knows, and the base of their codes."""
    _, roles, whole = corpus
    tokens = truncate(*whole, length, truncating)
    base = int(tokens[0].max(initial=0)) + 1
    return known_ngrams(rows_of(tokens, roles == "train"), Counting(PAIR, fewest, base)), base


def empty_as_feature(data: ReviewData, features: int) -> tuple[ReviewData, int]:
    """The same where every review has a feature; else with one more, of those that have none."""
    if data.tokens.any(axis=1).all():
        return data, features
    tokens = mark_empty(data.tokens.copy(), features, "front")
    return ReviewData(data.reviews, data.roles, tokens), features + 1


@dataclass(frozen=True)
class Task:
    """A network to train: how it is built, and the reviews in the form that it reads."""

    name: str
    build: "Callable[[], keras.Model]"
    data: ReviewData

    def describe(self) -> str:
        """The size of the input, for the log."""
        reviews, length = self.data.tokens.shape
        return f"{reviews:,} reviews of {length:,} places, {self.data.tokens.max():,} features"


def network_tasks(
    names: Sequence[str],
    corpus: Corpus,
    settings: TokenSettings,
    fewest: int,
    vectors: Vectors | None,
) -> Iterator[Task]:
    """The networks that are not LSTMs, one after the other.

    Args:
        fewest: of `reviews_as_pairs`.
        vectors: those that `multi_size` starts from.
    """
    words = padded_reviews(corpus, settings)
    size = settings.length, words.classes
    for name in names:
        if name == "bigram_average":
            pairs = reviews_as_pairs(corpus, settings.length, settings.truncating, fewest)
            data, features = empty_as_feature(*pairs)
            yield Task(name, partial(BUILDERS[name], features, *size), data)
        elif name == "multi_size" and vectors is not None:
            yield Task(name, partial(multi_size_model, vectors, words.classes), words)
        else:
            yield Task(name, partial(BUILDERS[name], settings.vocabulary, *size), words)
