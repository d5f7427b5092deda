"""Invented reviews whose sentiment lies in the order of words more than in the words.

Most sentences set praise against blame ("The music was good, not bad"). Swapping the two words
turns the sentence's meaning and leaves its bag of words as it was, so that a model needs word
order; most of the contrasts of a review agree with its label. Plain and everyday sentences ("The
music was good", "I loved every minute") give a bag of words something to learn, too. Words of
praise and blame follow one that only their kind follows ("painfully dull"): from which words go
together, vectors made from the text alone can tell praise from blame. Half of the words are rare;
of those, vectors made elsewhere know more than the training reviews do.
"""

import io
import tarfile
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import atomic_path, write_text
from practical_dl.reviews.corpus.about import CLASSES
from practical_dl.reviews.corpus.sources import COLUMNS, SPLITS
from practical_dl.reviews.corpus.tokens import split_words

REVIEWS_A_FILM = 7
CONTRASTS = (2, 4)
AGREEING_CONTRASTS = 0.85
AGREEING_PLAIN = 0.7
EVERYDAY = 0.5
AGREEING_EVERYDAY = 0.75
NEUTRAL = (0, 2)

_PRAISE = (
    "good", "moving", "clever", "funny", "charming", "fresh", "gripping", "brilliant", "lively",
    "tender", "witty", "bold", "vivid", "graceful", "touching", "inventive", "elegant", "warm",
    "sparkling", "superb", "delightful", "masterful", "honest", "stirring", "dazzling", "haunting",
    "radiant", "joyful", "splendid", "sublime",
)  # fmt: skip
_BLAME = (
    "bad", "dull", "clumsy", "silly", "boring", "stale", "predictable", "tedious", "lifeless",
    "clichéd", "shallow", "noisy", "awkward", "bland", "sloppy", "pointless", "wooden", "cold",
    "muddled", "dreadful", "tiresome", "hollow", "forced", "limp", "dreary", "grating", "feeble",
    "soulless", "shoddy", "ghastly",
)  # fmt: skip
_BEFORE_PRAISE = ("wonderfully", "truly", "deeply")
_BEFORE_BLAME = ("painfully", "rather", "dreadfully")
WITH_DEGREE = 1.0
RARENESS = 1.5
KIND_SD = 0.5
OWN_SD = 0.25
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
_EVERYDAY_PRAISE = (
    "I loved every minute",
    "one of the best films I have seen in years",
    "the best film of the year",
    "I would watch it again tomorrow",
    "I laughed and cried and loved it",
    "I recommend it to everybody",
)
_EVERYDAY_BLAME = (
    "I hated every minute",
    "one of the worst films I have seen in years",
    "the worst film of the year",
    "I would not watch it again",
    "I fell asleep and hated it",
    "a waste of time and money",
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


def demo_vectors(width: int, seed: int) -> dict[str, NDArray[np.float64]]:
    """Vectors (width,) of the words of the reviews, as if from a large text of their language.

    A word is near the words of its kind (praise, blame, aspects ...); praise and blame are one
    kind that an axis of its own divides.
    """
    rng = np.random.default_rng(seed)
    vectors: dict[str, NDArray[np.float64]] = {}
    axis = rng.normal(0, 1, width)
    opinion, degree, aspect, other = rng.normal(0, KIND_SD, (4, width))
    kinds = (
        (_PRAISE, opinion + axis),
        (_BLAME, opinion - axis),
        (_BEFORE_PRAISE, degree + 0.5 * axis),
        (_BEFORE_BLAME, degree - 0.5 * axis),
        (_ASPECTS, aspect),
        (_plain_words(), other),
    )
    for words, middle in kinds:
        for word in words:
            vectors.setdefault(word.lower(), middle + rng.normal(0, OWN_SD, width))
    return vectors


def _plain_words() -> list[str]:
    """The words of all sentences but those that are put into them, in the order of the alphabet."""
    sentences = (
        *_CONTRASTS, *_PLAIN, *_EVERYDAY_PRAISE, *_EVERYDAY_BLAME, *_NEUTRAL,
    )  # fmt: skip
    texts = (sentence.format(aspect="", said="", denied="") for sentence in sentences)
    return sorted({word for text in texts for word in split_words(text)})


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


def write_demo_vectors(path: Path, width: int, seed: int) -> None:
    """Write the vectors of the demo's words in GloVe's text format."""
    lines = (
        f"{word} {' '.join(f'{number:.4f}' for number in vector)}\n"
        for word, vector in demo_vectors(width, seed).items()
    )
    write_text(path, "".join(lines))


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
    agreeing = _agreeing_contrasts(rng)
    sentences = [_opinion(_CONTRASTS, label == agrees, rng) for agrees in agreeing]
    sentences.append(_opinion(_PLAIN, (label == 1) == (rng.random() < AGREEING_PLAIN), rng))
    if rng.random() < EVERYDAY:
        praises = (label == 1) == (rng.random() < AGREEING_EVERYDAY)
        sentences.append(_choose(_EVERYDAY_PRAISE if praises else _EVERYDAY_BLAME, rng))
    sentences += [_choose(_NEUTRAL, rng) for _ in range(rng.integers(*NEUTRAL, endpoint=True))]
    rng.shuffle(sentences)
    clear = round(3 * agreeing.mean())
    stars = 7 + clear if label else 4 - clear
    return " ".join(f"{sentence[0].upper()}{sentence[1:]}." for sentence in sentences), stars


def _agreeing_contrasts(rng: np.random.Generator) -> NDArray[np.bool_]:
    """Which of a review's contrasts agree with its label: most of them."""
    count = rng.integers(*CONTRASTS, endpoint=True)
    while True:
        agreeing = rng.random(count) < AGREEING_CONTRASTS
        if agreeing.mean() > 0.5:
            return agreeing


def _opinion(templates: Sequence[str], positive: bool, rng: np.random.Generator) -> str:
    said = _judgement(_PRAISE, _BEFORE_PRAISE, rng)
    denied = _judgement(_BLAME, _BEFORE_BLAME, rng)
    if not positive:
        said, denied = denied, said
    return _choose(templates, rng).format(aspect=_choose(_ASPECTS, rng), said=said, denied=denied)


def _judgement(words: Sequence[str], before: Sequence[str], rng: np.random.Generator) -> str:
    """One of the words, the first ones more often, at times behind a word of degree."""
    word = words[int(len(words) * rng.random() ** RARENESS)]
    return f"{_choose(before, rng)} {word}" if rng.random() < WITH_DEGREE else word


def _choose(words: Sequence[str], rng: np.random.Generator) -> str:
    return words[int(rng.integers(len(words)))]
