"""Fits the recommender: the sampled model without time, on all ratings."""

import pandas as pd

from practical_dl.movies.models.bayes import recommender_states
from practical_dl.movies.models.catalogue import make_catalogue
from practical_dl.movies.models.gibbs import Chain
from practical_dl.movies.ratings.rating_set import Scale
from practical_dl.movies.recommender.factors import Library, collect


def fit_library(
    ratings: pd.DataFrame,
    movies: pd.DataFrame,
    rank: int,
    burn_in: int,
    samples: int,
    most_features: int,
    kept: int,
    seed: int,
    scale: Scale,
    content: str = "own",
) -> Library:
    """Sample the model on all `ratings`; keep about `kept` of its `samples`.

    Args:
        scale: lowest and highest rating. content: what it knows of the movies, own or none.
    """
    chain = Chain(rank, burn_in, samples, seed)
    catalogue = make_catalogue(ratings, movies)
    states = recommender_states(ratings, catalogue, chain, most_features, content)
    factors = collect(states, max(1, chain.samples // kept), scale)
    users, rated = catalogue.users_of(ratings), catalogue.movies_of(ratings)
    return Library(factors, catalogue, users, rated, ratings["rating"].to_numpy())
