"""Lists by another library: `rank.py PEER TRAIN USERS LISTS K SEED`.

Runs in the environment of envs/peers.lock, apart from the workflow's own, so it knows nothing of
the workflow: CSV comes in (user_id, movie_id; users as user_id) and CSV goes out (user_id, place,
movie_id), the first K movies that each of these users did not rate. Settings are the library's
own where none are named.
"""

import sys

import pandas as pd


def scorer(peer):
    """The library's model, told that having rated is all that counts."""
    if peer == "lenskit_knn":
        from lenskit.knn import ItemKNNScorer

        return ItemKNNScorer(max_nbrs=100, feedback="implicit")
    if peer == "lenskit_als":
        from lenskit.als import ImplicitMFScorer

        return ImplicitMFScorer(embedding_size=64, epochs=20, use_ratings=False)
    from lenskit.knn.ease import EASEScorer

    return EASEScorer(regularization=200)


def main():
    peer, train, users, output, k, seed = sys.argv[1:]
    from lenskit import batch
    from lenskit.data import from_interactions_df
    from lenskit.pipeline import topn_pipeline
    from lenskit.random import init_global_rng

    init_global_rng(int(seed))
    rows = pd.read_csv(train).rename(columns={"movie_id": "item_id"})
    model = topn_pipeline(scorer(peer), n=int(k))
    model.train(from_interactions_df(rows))
    asked = pd.read_csv(users)["user_id"].tolist()
    found = batch.recommend(model, asked, n=int(k), n_jobs=1).to_df()
    names = {"item_id": "movie_id", "rank": "place"}
    found = found.rename(columns=names)[["user_id", "place", "movie_id"]]
    found.to_csv(output, index=False)


if __name__ == "__main__":
    main()
