"""Ratings predicted by another library: `predict.py PEER TRAIN ASKED MOVIES PREDICTIONS SEED`.

Runs in the environment of envs/peers.lock, apart from the workflow's own, so it knows nothing of
the workflow: CSV comes in (user_id, movie_id, rating, timestamp; the same without rating; movies
as movie_id, title, year, genres) and one column, `prediction`, goes out, a row for each row asked.
Prints seconds and the peak of memory as JSON. Settings are the best of those tried on inner rows
of the training part of ml-latest-small, or the library's own where these were no worse.
"""

import json
import resource
import sys
import time
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

PERIODS = 50
SECONDS_A_DAY = 86_400


class Task(NamedTuple):
    """The tables that came in, and the seed of what is random."""

    train: pd.DataFrame
    asked: pd.DataFrame
    movies: pd.DataFrame
    seed: int

    def both(self):
        """The rows of train, then those asked."""
        return pd.concat([self.train, self.asked], ignore_index=True)

    def users_of(self, rows):
        """The number of each row's user."""
        return np.searchsorted(np.unique(self.both()["user_id"]), rows["user_id"].to_numpy())

    def movies_of(self, rows):
        """The number of each row's movie."""
        return pd.Index(self.movies["movie_id"]).get_indexer(rows["movie_id"])


def surprise(algorithm, task):
    """Fit an algorithm of Surprise; predict pair by pair, as its users do."""
    from surprise import Dataset, Reader

    scale = (task.train["rating"].min(), task.train["rating"].max())
    rows = task.train[["user_id", "movie_id", "rating"]]
    algorithm.fit(Dataset.load_from_df(rows, Reader(rating_scale=scale)).build_full_trainset())
    pairs = zip(task.asked["user_id"], task.asked["movie_id"], strict=True)
    return np.array([algorithm.predict(user, movie).est for user, movie in pairs])


def surprise_svd(task):
    from surprise import SVD

    model = SVD(n_factors=100, n_epochs=60, lr_all=0.01, reg_all=0.1, random_state=task.seed)
    return surprise(model, task)


def surprise_svdpp(task):
    from surprise import SVDpp

    model = SVDpp(n_factors=20, n_epochs=30, lr_all=0.01, reg_all=0.05, random_state=task.seed)
    return surprise(model, task)


def surprise_knn(task):
    """Neighbours of movies; `min_k` was chosen on a tenth of the training ratings of seed 42."""
    from surprise import KNNBaseline

    similarity = {"name": "pearson_baseline", "user_based": False, "shrinkage": 300}
    biases = {"method": "als", "reg_u": 3, "reg_i": 2, "n_epochs": 20}
    model = KNNBaseline(k=80, min_k=8, sim_options=similarity, bsl_options=biases, verbose=False)
    return surprise(model, task)


def lenskit_mf(task):
    """Alternating least squares with biases; where the movie is new, biases alone."""
    from lenskit import batch
    from lenskit.als import BiasedMFScorer
    from lenskit.data import ItemListCollection, from_interactions_df
    from lenskit.pipeline import predict_pipeline
    from lenskit.random import init_global_rng

    init_global_rng(task.seed)
    names = {"movie_id": "item_id"}
    rows = task.train[["user_id", "movie_id", "rating"]].rename(columns=names)
    model = predict_pipeline(BiasedMFScorer(embedding_size=50, epochs=10))
    model.train(from_interactions_df(rows))
    pairs = task.asked[["user_id", "movie_id"]].rename(columns=names)
    lists = ItemListCollection.from_df(pairs, ["user_id"])
    found = batch.predict(model, lists, n_jobs=1).to_df()
    return pairs.merge(found, on=["user_id", "item_id"], how="left")["score"].to_numpy()


def myfm(task):
    """Bayesian factorisation machine: user, movie, genres, year."""
    users, movies = identities(task)
    return factorisation_machine(task, [], [users], [movies, *content(task.movies)], 32, 300)


def myfm_time(task):
    """The same with who rated what, both ways (SVD++ flipped), and time of rating."""
    users, movies = identities(task)
    pairs = task.users_of(task.train), task.movies_of(task.train)
    rated = sparse.csr_matrix(
        (np.ones(len(task.train)), pairs), shape=(users.shape[0], movies.shape[0])
    )
    of_users, of_movies = [users, scaled(rated)], [movies, *content(task.movies), scaled(rated.T)]
    return factorisation_machine(task, times(task), of_users, of_movies, 10, 200)


def factorisation_machine(task, timed, of_users, of_movies, rank, iterations):
    """Sample it; `timed` are features of rows, `of_users` and `of_movies` those of entities."""
    from myfm import MyFMRegressor, RelationBlock

    both, count = task.both(), len(task.train)
    rows = sparse.hstack(timed, format="csr") if timed else sparse.csr_matrix((len(both), 0))
    sides = (
        (task.users_of(both), sparse.hstack(of_users, format="csr")),
        (task.movies_of(both), sparse.hstack(of_movies, format="csr")),
    )

    def related(part):
        return [RelationBlock(codes[part], features) for codes, features in sides]

    trained, asked = slice(0, count), slice(count, None)
    model = MyFMRegressor(rank=rank, random_seed=task.seed)
    model.fit(
        rows[trained],
        task.train["rating"].to_numpy(),
        X_rel=related(trained),
        n_iter=iterations,
        group_shapes=[part.shape[1] for part in (*timed, *of_users, *of_movies)],
    )
    return model.predict(rows[asked], X_rel=related(asked))


def identities(task):
    """One-hot rows of the users and of the movies."""
    users = task.both()["user_id"].nunique()
    return sparse.identity(users, format="csr"), sparse.identity(len(task.movies), format="csr")


def content(movies):
    genres = movies["genres"].fillna("").str.get_dummies("|")
    years = pd.get_dummies(movies["year"].fillna(0).astype(int))
    return [sparse.csr_matrix(part.to_numpy(dtype=float)) for part in (genres, years)]


def scaled(rated):
    """Rows of who rated what divided by the root of their length."""
    lengths = np.maximum(np.asarray(rated.sum(axis=1)).ravel(), 1)
    return sparse.csr_matrix(sparse.diags(1 / np.sqrt(lengths)) @ rated)


def times(task):
    """The user's day and one of 50 equally full periods, as one-hot rows."""
    both = task.both()
    stamps = both["timestamp"].to_numpy()
    days = pd.factorize(pd.MultiIndex.from_arrays([both["user_id"], stamps // SECONDS_A_DAY]))[0]
    edges = np.quantile(stamps[: len(task.train)], np.arange(1, PERIODS) / PERIODS)
    return [one_hot(days), one_hot(np.searchsorted(edges, stamps))]


def one_hot(codes):
    return sparse.csr_matrix((np.ones(len(codes)), (np.arange(len(codes)), codes)))


PEERS = {
    function.__name__: function
    for function in (surprise_svd, surprise_svdpp, surprise_knn, lenskit_mf, myfm, myfm_time)
}


def main():
    peer, train, asked, movies, output, seed = sys.argv[1:]
    task = Task(*(pd.read_csv(path) for path in (train, asked, movies)), int(seed))
    started = time.process_time(), time.perf_counter()
    predicted = PEERS[peer](task)
    measured = {
        "cpu": round(time.process_time() - started[0], 2),
        "wall": round(time.perf_counter() - started[1], 2),
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2, 2),
    }
    pd.DataFrame({"prediction": predicted}).to_csv(output, index=False)
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
