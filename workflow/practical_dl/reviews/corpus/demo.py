"""Invented reviews whose sentiment lies in the order of words more than in the words.

Most sentences set praise against blame ("The music was good, not bad"). Swapping the two words
turns the sentence's meaning and leaves its bag of words as it was, so that a model needs word
order. A plain sentence ("The music was good") gives a bag of words something to learn, too. A third
of the words of praise and blame follow one that only their kind follows ("painfully dull"): from
which words go together, vectors made from the text alone can tell praise from blame.
"""

import io
import tarfile
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from practical_dl.files.artefacts import atomic_path
from practical_dl.reviews.corpus.about import CLASSES
from practical_dl.reviews.corpus.sources import COLUMNS, SPLITS

REVIEWS_A_FILM = 7
CONTRASTS = (3, 5)
AGREEING_CONTRASTS = 0.85
AGREEING_PLAIN = 0.7

_PRAISE = (
    "brilliant", "moving", "clever", "funny", "charming", "fresh", "gripping", "good",
)  # fmt: skip
_BLAME = ("dull", "clumsy", "silly", "boring", "bad", "stale", "predictable", "tedious")
_BEFORE_PRAISE = ("wonderfully", "truly")
_BEFORE_BLAME = ("painfully", "rather")
WITH_DEGREE = 0.35
_ASPECTS = (
    "story", "acting", "music", "ending", "photography", "dialogue", "pacing", "humour",
    "direction", "cast", "opening", "plot",
)  # fmt: skip
_CONTRASTS = (
    "the {aspect} was {said}, not {denied}",
    "I found the {aspect} {said} and never {denied}",
    "not {denied} at all, the {aspect} was {said}",
    "I expected {denied} scenes, but the {aspect} was {said}",
    "far from {denied}, the {aspect} is {said}",
    "they promised a {denied} film and the {aspect} is {said}",
    "the {aspect} could have been {denied} but was {said}",
    "the {aspect} seemed {denied} until it became {said}",
)
_PLAIN = (
    "the {aspect} is {said}",
    "the {aspect} felt {said} to me",
    "what I remember is the {said} {aspect}",
    "I would also mention the {said} {aspect}",
)
_NEUTRAL = (
    "I saw this film with my sister on a Sunday",
    "it runs for about two hours",
    "the director has made three films before",
    "most of it takes place in a small town",
    "it was shown late at night on television",
    "a friend lent me the disc last winter",
    "the cinema was half full",
    "it is based on a novel that I have not read",
)


def make_demo_reviews(train: int, test: int, seed: int) -> pd.DataFrame:
    """Write `train` and `test` reviews, half of them positive, each on a film of its split.

    Returns:
        The columns and order of `sources.read_reviews`.
    """
    rng = np.random.default_rng(seed)
    rows: list[tuple[str, str, int, int, str, str]] = []
    first_film = 1
    for split, count in zip(SPLITS, (train, test), strict=True):
        films = max(1, count // REVIEWS_A_FILM)
        appeal = rng.uniform(0.2, 0.8, films)
        for label in (1, 0):
            weights = appeal if label else 1 - appeal
            drawn = rng.choice(films, size=count // 2, p=weights / weights.sum())
            for number, film in enumerate(np.sort(drawn)):
                text, stars = _review(label, rng)
                name = f"{split}/{CLASSES[label]}/{number}_{stars}"
                rows.append((name, split, label, stars, f"tt{first_film + film:07d}", text))
        first_film += films
    return pd.DataFrame(rows, columns=list(COLUMNS))


def write_demo(path: Path, train: int, test: int, seed: int) -> None:
    """Write the demo reviews as a tar file with the folders and files of aclImdb."""
    reviews = make_demo_reviews(train, test, seed)
    with atomic_path(path) as temporary, tarfile.open(temporary, "w") as archive:
        for name, content in _members(reviews):
            member = tarfile.TarInfo(f"aclImdb/{name}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))


def _members(reviews: pd.DataFrame) -> Iterator[tuple[str, bytes]]:
    for review_id, text in zip(reviews["review_id"], reviews["text"], strict=True):
        yield f"{review_id}.txt", text.encode()
    for split, name in product(SPLITS, CLASSES):
        folder = f"{split}/{name}/"
        films = reviews.loc[reviews["review_id"].str.startswith(folder), "film"]
        lines = [f"http://www.imdb.com/title/{film}/usercomments\n" for film in films]
        yield f"{split}/urls_{name}.txt", "".join(lines).encode()


def _review(label: int, rng: np.random.Generator) -> tuple[str, int]:
    """Text of a review, and its stars: the more sentences agree with the label, the clearer."""
    low, high = CONTRASTS
    agreeing = rng.random(rng.integers(low, high, endpoint=True)) < AGREEING_CONTRASTS
    sentences = [_opinion(_CONTRASTS, label == agrees, rng) for agrees in agreeing]
    sentences.append(_opinion(_PLAIN, (label == 1) == (rng.random() < AGREEING_PLAIN), rng))
    sentences.append(_choose(_NEUTRAL, rng))
    rng.shuffle(sentences)
    clear = round(3 * agreeing.mean())
    stars = 7 + clear if label else 4 - clear
    return " ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences), stars


def _opinion(templates: Sequence[str], positive: bool, rng: np.random.Generator) -> str:
    said = _judgement(_PRAISE, _BEFORE_PRAISE, rng)
    denied = _judgement(_BLAME, _BEFORE_BLAME, rng)
    if not positive:
        said, denied = denied, said
    return _choose(templates, rng).format(aspect=_choose(_ASPECTS, rng), said=said, denied=denied)


def _judgement(words: Sequence[str], before: Sequence[str], rng: np.random.Generator) -> str:
    word = _choose(words, rng)
    return f"{_choose(before, rng)} {word}" if rng.random() < WITH_DEGREE else word


def _choose(words: Sequence[str], rng: np.random.Generator) -> str:
    return words[int(rng.integers(len(words)))]
