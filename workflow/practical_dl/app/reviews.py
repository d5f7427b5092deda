"""What a review says: word by word by the linear models, and by every network that was made."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from pathlib import Path

import numpy as np

from practical_dl.app.limits import checked_text
from practical_dl.reviews.corpus.about import About, about_near
from practical_dl.reviews.corpus.tokens import encode, split_words_and_marks
from practical_dl.reviews.models.attribution import ngram_contributions, word_contributions
from practical_dl.reviews.models.data import TokenSettings
from practical_dl.reviews.models.judging import Judgement, judge
from practical_dl.reviews.models.linear import WEIGHTINGS, LinearModel, read_linear
from practical_dl.reviews.models.network_judging import Networks
from practical_dl.reviews.titles import TITLES
from practical_dl.settings.results_lookup import made_file, run_config

MAIN = "nb_svm"
"""The model of `practical-dl review`."""
NAMED = 8

Verdict = tuple[str, str, float]
"""A model's title, the class that it chooses, and that class's probability."""


@dataclass
class Reviews:
    """The models of a review set, and what its classes are called."""

    results: Path
    dataset: str
    about: About = field(init=False)
    models: dict[str, tuple[LinearModel, list[str]]] = field(init=False)

    def __post_init__(self) -> None:
        path = made_file(self.results, "reviews", self.dataset, f"{MAIN}/model.h5")
        self.about = about_near(path)
        paths = {name: path.parents[1] / name / "model.h5" for name in (MAIN, *WEIGHTINGS)}
        self.models = {name: read_linear(one) for name, one in paths.items() if one.is_file()}

    def judged(self, text: str, name: str = MAIN) -> Judgement:
        """The verdict of `practical-dl review`, or of another model.

        Raises:
            UserError: there is no word in the text that the model knows.
        """
        return judge(*self.models[name], checked_text(text), NAMED, self.about.shown)

    @cached_property
    def networks(self) -> Networks:
        """Read as the last run did."""
        config = run_config(self.results, "reviews", self.dataset)["reviews"][self.dataset]
        own = {field.name: config["tokens"][field.name] for field in fields(TokenSettings)}
        folder = self.results / "reviews" / self.dataset
        return Networks(folder, TokenSettings(**own), config["networks"]["fewest"])

    def by_linear_models(self, text: str) -> list[Verdict]:
        """What each of them says.

        Raises:
            UserError: as `judged`.
        """
        found = {name: self.judged(text, name) for name in WEIGHTINGS if name in self.models}
        return [(TITLES[name], one.sentiment, one.probability) for name, one in found.items()]

    def by_networks(self, text: str) -> list[Verdict]:
        """What each of them says.

        Raises:
            UserError: the text is too long, or the last run was of another set.
        """
        found = self.networks.probabilities(checked_text(text))
        return [
            (TITLES[name], self.about.shown[probabilities.argmax()], float(probabilities.max()))
            for name, probabilities in found.items()
        ]

    def shaded(self, text: str) -> str:
        """The text's words as HTML: green what speaks for the verdict, red what speaks against."""
        model, words = self.models[MAIN]
        verdict = self.about.shown.index(self.judged(text).sentiment)
        own, listed = split_words_and_marks(text), set(words)
        known = [word for word in own if word in listed]
        tokens = encode([text], words, split_words_and_marks)
        sums = ngram_contributions(model, tokens)
        sign = 1.0 if len(sums) > 1 or verdict == 1 else -1.0
        chosen = sums[verdict if len(sums) > 1 else 0]
        shares = sign * word_contributions(model, tokens, chosen)
        return shaded_words(own, known, shares.tolist())


def shaded_words(tokens: Sequence[str], known: Sequence[str], shares: Sequence[float]) -> str:
    """Words as HTML, each known one shaded by its share of the sum, the others grey.

    Args:
        known, shares: of the tokens that the model knows, in their order.
    """
    most = max(map(abs, shares), default=0) or 1
    left = list(zip(known, shares, strict=True))
    shown = []
    for token in tokens:
        if left and left[0][0] == token:
            share = left.pop(0)[1]
            strength = round(float(np.sqrt(abs(share) / most)) * 0.6, 2)
            colour = f"rgba({'34,139,34' if share > 0 else '200,40,40'},{strength})"
            style, title = f"background:{colour};padding:0 2px", f"{share:+.2f}"
        else:
            style, title = "color:gray", "unknown to the model"
        shown.append(f'<span style="{style}" title="{title}">{html.escape(token)}</span>')
    return f'<p style="font-size:1.2em;line-height:1.8">{" ".join(shown)}</p>'
