"""All rating models: the title of each, the rule that fits it, and where it is shown.

The rules, the targets and the pages take their models from here. A new model stands here, in the
module that its rule fits it with, and in a test; one of another library also in the schema.
"""

from collections.abc import Iterable
from dataclasses import dataclass

JOINT = ("fit_baselines", "fit_lesson_models")
"""Rules that fit all of their models in one job; the others have one job per model."""


@dataclass(frozen=True)
class RatingModel:
    """A model that predicts the stars of the held-out ratings.

    Attributes:
        title: the name for people.
        rule: the rule that fits it; `fit_peer` means that it is another library's.
        is_control: it is there to judge another model by.
        is_reference: the other models are compared with it, and it is fitted on the other splits.
        is_pictured: it stands in the pictures of predictions by star and by popularity.
        knows_the_time: it knows when a rating was given.
        knows_content: it knows genres and years.
        stands_in: it is fitted only where there is no content, in place of one that knows it.
    """

    title: str
    rule: str
    is_control: bool = False
    is_reference: bool = False
    is_pictured: bool = False
    knows_the_time: bool = False
    knows_content: bool = False
    stands_in: bool = False

    def job(self, name: str) -> str:
        """The name of the job that fits the model `name`, as its log and benchmark file have it."""
        return self.rule if self.rule in JOINT else f"fit_{name}"


RATING_MODELS = {
    "mean": RatingModel("mean of all ratings", "fit_baselines"),
    "bias": RatingModel("shrunk biases", "fit_baselines", is_reference=True, is_pictured=True),
    "dot": RatingModel("dot product (lesson)", "fit_lesson_models"),
    "dot_bias_free": RatingModel("dot product with biases, no L2 (lesson)", "fit_lesson_models"),
    "dot_bias": RatingModel(
        "dot product with biases and L2 (lesson)", "fit_lesson_models", is_pictured=True
    ),
    "net": RatingModel("neural net (lesson)", "fit_lesson_models"),
    "content": RatingModel("content alone", "fit_baselines", knows_content=True),
    "bayes_ratings": RatingModel("Bayesian factors, ratings alone", "fit_bayes"),
    "bayes_ratings_time": RatingModel(
        "Bayesian factors, ratings and time of rating",
        "fit_bayes",
        knows_the_time=True,
        stands_in=True,
    ),
    "bayes_shuffled": RatingModel(
        "Bayesian factors, content of other movies",
        "fit_bayes",
        is_control=True,
        knows_content=True,
    ),
    "bayes": RatingModel(
        "Bayesian factors, ratings and content",
        "fit_bayes",
        is_reference=True,
        is_pictured=True,
        knows_content=True,
    ),
    "bayes_time": RatingModel(
        "Bayesian factors, content and time of rating",
        "fit_bayes",
        is_reference=True,
        knows_the_time=True,
        knows_content=True,
    ),
    "surprise_svd": RatingModel("Surprise SVD, tuned", "fit_peer"),
    "surprise_svdpp": RatingModel("Surprise SVD++, tuned", "fit_peer"),
    "surprise_knn": RatingModel("Surprise KNNBaseline, tuned", "fit_peer"),
    "lenskit_mf": RatingModel("LensKit BiasedMF", "fit_peer"),
    "myfm": RatingModel("myFM with content", "fit_peer", knows_content=True),
    "myfm_time": RatingModel(
        "myFM with content, who rated what, and time of rating",
        "fit_peer",
        knows_the_time=True,
        knows_content=True,
    ),
}
TITLES = {
    name: f"control: {model.title}" if model.is_control else model.title
    for name, model in RATING_MODELS.items()
}


def _fitted_by(rule: str) -> list[str]:
    """Names of the models that a rule fits."""
    return [name for name, model in RATING_MODELS.items() if model.rule == rule]


BASELINES = _fitted_by("fit_baselines")
LESSON = _fitted_by("fit_lesson_models")
SAMPLED = _fitted_by("fit_bayes")
PEERS = _fitted_by("fit_peer")
OURS = [name for name, model in RATING_MODELS.items() if name not in PEERS and not model.stands_in]
REFERENCES = [name for name, model in RATING_MODELS.items() if model.is_reference]
PICTURED = [name for name, model in RATING_MODELS.items() if model.is_pictured]
CONTENT_STUDY = ["content", "bayes_ratings", "bayes", "bayes_shuffled"]
"""The models that tell what content gives, from few to many ratings."""
STAND_INS = {"bayes": "bayes_ratings", "bayes_time": "bayes_ratings_time"}
"""What takes a model's place where there is no content."""


@dataclass(frozen=True)
class Known:
    """What a rating set tells beside who gave what how much."""

    time: bool = True
    content: bool = True

    def allows(self, name: str) -> bool:
        """Whether a model has all that it needs to know."""
        model = RATING_MODELS[name]
        return (self.time or not model.knows_the_time) and (self.content or not model.knows_content)

    def chosen(self, names: Iterable[str]) -> list[str]:
        """Of these models those that can be fitted, stand-ins for some others, each once."""
        alike = (name if self.content else STAND_INS.get(name, name) for name in names)
        return [name for name in dict.fromkeys(alike) if self.allows(name)]


def of_sampled(names: Iterable[str], title: str) -> str:
    """Which of `names` is the model `title`, or stands in for it."""
    return title if title in names else STAND_INS[title]
