"""The ranking models that are compared: the title of each, and what it is there for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RankingModel:
    """A way to order the movies that a user has not rated.

    Attributes:
        title: the name for people.
        is_control: it is there to judge another model by.
        needs_stars: it ranks by the sampled rating model.
        in_blend: the blend is made of it.
    """

    title: str
    is_control: bool = False
    needs_stars: bool = False
    in_blend: bool = False


RANKING_MODELS = {
    "random": RankingModel("random order", is_control=True),
    "popularity": RankingModel("the most rated", is_control=True),
    "item_knn": RankingModel("neighbours of movies"),
    "ease": RankingModel("EASE"),
    "ease_liked": RankingModel("EASE with likings", in_blend=True),
    "wide_autoencoder": RankingModel("infinitely wide autoencoder", in_blend=True),
    "implicit_als": RankingModel("matrix factorisation of who rated what", in_blend=True),
    "stars": RankingModel("expected stars", needs_stars=True, in_blend=True),
    "rated_times_stars": RankingModel("P(rated) times expected stars", needs_stars=True),
    "blend": RankingModel("blend"),
}
PEERS = {
    "lenskit_knn": RankingModel("LensKit ItemKNN"),
    "lenskit_als": RankingModel("LensKit ImplicitMF"),
    "lenskit_ease": RankingModel("LensKit EASE"),
}
TITLES = {
    name: f"control: {model.title}" if model.is_control else model.title
    for name, model in (RANKING_MODELS | PEERS).items()
}
IN_BLEND = [name for name, model in RANKING_MODELS.items() if model.in_blend]
REFERENCE = "ease"
"""The model that all others are compared with."""
