"""Bayesian matrix factorisation with side information, sampled by Gibbs' method.

A rating is mean + bias of the left side + bias of the movie + left factors . movie factors +
noise. The left side is a sum of blocks: the user, and with time of rating the user's sitting and
the period. Each block's numbers (bias first, then factors) have a prior that side information
explains in part (priors.py). Given one side the other is one small regression per entity, so a
whole block is drawn at once, exactly.

Sources: Salakhutdinov and Mnih 2008 (Bayesian probabilistic matrix factorization); Simm et al.
2015 (Macau, side information); Rendle 2013 (Scaling factorization machines to relational data:
the same features as myFM's). Each user has a noise of their own, as in Lakshminarayanan et al.
2011 (Robust Bayesian matrix factorisation): some rate with more care than others, and their
ratings should weigh more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from practical_dl.movies.models.grouping import (
    Design,
    draw_normal,
    group_rows,
    normal_equations,
    stable_order,
)
from practical_dl.movies.models.priors import Prior
from practical_dl.movies.models.side_information import Features

Values = NDArray[np.float64]
Rows = NDArray[Any]

FIRST_SPREAD = 0.1
NOISE_SHAPE = 3.0
NOISE_ROWS = 1 << 17
WEAK = 1.0
LEAST_VARIANCE = 1e-6
"""Squared stars: equal ratings leave no noise, and its precision would have no bound."""


@dataclass(frozen=True)
class Entities:
    """One family of entities: the entity of each rating (n,), how many there are, features."""

    codes: Rows
    count: int
    features: Sequence[Features] = ()


@dataclass(frozen=True)
class Ratings:
    """Stars (n,) with the entity (n,) of each in every block of the left side, and its movie.

    They are kept in two orders, by user and by movie: what a draw reads together then lies
    together, so that a rating takes as long where they are more than the processor's cache holds.
    """

    stars: Values
    left: Sequence[Rows]
    right: Rows

    def sorted_by(self, codes: Rows) -> "Ratings":
        order = stable_order(codes)
        return Ratings(self.stars[order], [block[order] for block in self.left], self.right[order])


@dataclass(frozen=True)
class Chain:
    """Dimensions of a factor vector, samples thrown away, samples kept, and the seed."""

    rank: int
    burn_in: int
    samples: int
    seed: int


class Block:
    """The numbers of one family of entities, bias first: `theta` (count, 1 + rank)."""

    def __init__(self, entities: Entities, rank: int, spread: float, rng: Generator) -> None:
        self.grouping = group_rows(entities.codes, entities.count)
        self.theta = rng.normal(0, spread, (entities.count, 1 + rank))
        self.theta[:, 0] = 0
        self.prior = Prior(entities.count, 1 + rank, entities.features)

    def draw(self, design: Design, rng: Generator) -> None:
        """Draw all entities given everything else, then their prior given them."""
        precisions, moments = normal_equations(self.grouping, design, self.theta.shape[1])
        precisions += self.prior.precision
        moments += self.prior.mean() @ self.prior.precision
        self.theta = draw_normal(precisions, moments, rng)
        self.prior.update(self.theta, rng)


class State:
    """One sample of the model.

    Attributes:
        mean: of the ratings, in stars.
        left: blocks of the left side, users first. right: the movies.
        precisions: of each user's ratings, one over stars squared (users,).
        noise_rate: of the Gamma distribution (shape 3) that precisions come from.
    """

    def __init__(
        self, stars: Values, left: Sequence[Entities], right: Entities, chain: Chain
    ) -> None:
        self._rng = np.random.default_rng(chain.seed)
        self.mean = float(stars.mean())
        ratings = Ratings(
            stars, [block.codes.astype(np.int32) for block in left], right.codes.astype(np.int32)
        )
        self._by_user = ratings.sorted_by(ratings.left[0])
        self._by_movie = self._by_user.sorted_by(self._by_user.right)
        spreads = [FIRST_SPREAD, *(0.0 for _ in left[1:])]
        self.left = [
            Block(replace(block, codes=codes), chain.rank, spread, self._rng)
            for block, codes, spread in zip(left, self._by_user.left, spreads, strict=True)
        ]
        movies = replace(right, codes=self._by_movie.right)
        self.right = Block(movies, chain.rank, FIRST_SPREAD, self._rng)
        variance = max(stars.var(), LEAST_VARIANCE)
        self.precisions = np.full(left[0].count, 1 / variance)
        self.noise_rate = NOISE_SHAPE * variance
        self._counts = np.bincount(left[0].codes, minlength=left[0].count)

    def step(self) -> None:
        """Draw every number of the model once, given the others."""
        self.right.draw(self._design_of_right, self._rng)
        for block in self.left:
            self._draw_left(block)
        self._draw_noise()

    def expected_precision(self) -> float:
        """Expected noise precision (1/stars^2) of the ratings of an unknown user."""
        return NOISE_SHAPE / self.noise_rate

    def predict(self, left: Sequence[Rows], right: Rows) -> Values:
        """Stars for the entities of each row, one array of codes (n,) per block."""
        pairs = zip(self.left, left, strict=True)
        return self.mean + _stars(_summed(list(pairs)), self.right.theta[right])

    def _left_of(self, ratings: Ratings, rows: Rows | slice) -> Values:
        pairs = zip(self.left, ratings.left, strict=True)
        return _summed([(block, codes[rows]) for block, codes in pairs])

    def _design_of_right(self, rows: Rows) -> tuple[Values, Values, Values]:
        ratings = self._by_movie
        regressors = self._left_of(ratings, rows)
        targets = ratings.stars[rows] - self.mean - regressors[..., 0]
        regressors[..., 0] = 1
        return regressors, targets, self.precisions[ratings.left[0][rows]]

    def _draw_left(self, block: Block) -> None:
        ratings = self._by_user
        others = [
            (other, codes)
            for other, codes in zip(self.left, ratings.left, strict=True)
            if other is not block
        ]

        def design(rows: Rows) -> tuple[Values, Values, Values]:
            regressors = self.right.theta[ratings.right[rows]]
            rest = [(other, codes[rows]) for other, codes in others]
            known = _stars(_summed(rest), regressors) if rest else regressors[..., 0]
            targets = ratings.stars[rows] - self.mean - known
            regressors[..., 0] = 1
            return regressors, targets, self.precisions[ratings.left[0][rows]]

        block.draw(design, self._rng)

    def _draw_noise(self) -> None:
        ratings = self._by_user
        squares = np.zeros(len(self.precisions))
        for start in range(0, len(ratings.stars), NOISE_ROWS):
            rows = slice(start, start + NOISE_ROWS)
            modelled = _stars(self._left_of(ratings, rows), self.right.theta[ratings.right[rows]])
            errors = ratings.stars[rows] - self.mean - modelled
            squares += np.bincount(ratings.left[0][rows], errors**2, len(squares))
        shape, rate = NOISE_SHAPE + self._counts / 2, self.noise_rate + squares / 2
        self.precisions = self._rng.gamma(shape) / rate
        drawn = self._rng.gamma(WEAK + NOISE_SHAPE * len(squares)) / (WEAK + self.precisions.sum())
        self.noise_rate = max(drawn, NOISE_SHAPE * LEAST_VARIANCE)


def sample(
    stars: Values, left: Sequence[Entities], right: Entities, chain: Chain
) -> Iterator[State]:
    """Yield the state at each sample that is kept; it is the same object, so use it at once.

    Args:
        stars: ratings (n,), in the order of the entities' codes.
    """
    state = State(stars, left, right, chain)
    for number in range(chain.burn_in + chain.samples):
        state.step()
        if number >= chain.burn_in:
            yield state


def _summed(parts: Sequence[tuple[Block, Rows]]) -> Values:
    """The sum (..., 1 + rank) of one vector of each block, of the entities that its codes name."""
    (first, codes), *others = parts
    total = first.theta[codes]
    for block, codes in others:
        total += block.theta[codes]
    return total


def _stars(left: Values, right: Values) -> Values:
    """Biases and dot products of vectors (..., 1 + rank) whose first numbers are biases."""
    dots = np.einsum("...i,...i->...", left[..., 1:], right[..., 1:])
    return left[..., 0] + right[..., 0] + dots
