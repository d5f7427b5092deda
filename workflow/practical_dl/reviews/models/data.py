"""What a model of reviews is given: the table, the roles, and the tokens of every review."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.reviews.corpus.files import padded_tokens, read_corpus
from practical_dl.reviews.models.feeding import Labels, Tokens


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
    reviews, roles, tokens = read_corpus(inputs)
    padded = padded_tokens(tokens, vocabulary, params.length, params.padding, params.truncating)
    return ReviewData(reviews, roles, padded)
