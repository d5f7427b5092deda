"""What a source gives; reviews in the layout of the Large Movie Review Dataset.

Maas et al. 2011, ACL, "Learning word vectors for sentiment analysis".
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pandas as pd

from practical_dl.files.archives import open_members
from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.about import CLASSES, FILM, FILMS, About

SPLITS = ("train", "test")
FOLDERS = tuple(product(SPLITS, CLASSES))
COLUMNS = ("review_id", "split", "label", "stars", "film", "text")
DROPPED_COLUMNS = ("file", "line", "column", "value", "wanted")

_UNLABELLED = re.compile(r"(?:.*/)?train/unsup/[^/.][^/]*\.txt")
_REVIEW = re.compile(r"(?:.*/)?(train|test)/(neg|pos)/([^/.][^/]*)")
_REVIEW_FILE = re.compile(r"([0-9]+)_([0-9]+)\.txt")
_FILM_LIST = re.compile(r"(?:.*/)?(train|test)/urls_(neg|pos)\.txt")
_FILM_ADDRESS = re.compile(r"/title/(tt[0-9]+)")

SENTIMENT, STARS = "sentiment", "stars"
"""What a review of a film may be asked for: its two classes, or its number of stars."""

_Row = tuple[str, str, str, int, int, str]
_Films = Mapping[tuple[str, str], list[str]]


@dataclass(frozen=True)
class Source:
    """Reviews with the COLUMNS, what they are about, and the rows of tables that were left out.

    `unlabelled` are further texts, of which no class is known.
    """

    reviews: pd.DataFrame
    about: About
    dropped: pd.DataFrame
    unlabelled: Sequence[str] = ()


def read_film_reviews(
    source: Path, label: str = SENTIMENT, with_unlabelled: bool = False
) -> Source:
    """See `read_reviews`; nothing is ever left out.

    Args:
        label: `SENTIMENT`, or `STARS`: the classes are then the numbers of stars that occur.
        with_unlabelled: whether those of train/unsup are read, in the order of their numbers.

    Raises:
        UserError: as of `read_reviews`; there are none of the wanted unlabelled ones.
    """
    members = _read_members(source, with_unlabelled)
    reviews, about = _table_of(source, members), FILMS
    if label == STARS:
        reviews, about = _by_stars(reviews)
    if with_unlabelled and not members.unlabelled:
        raise UserError(f"{source}: no reviews in train/unsup; set `unlabelled: false`")
    unlabelled = [members.unlabelled[name] for name in sorted(members.unlabelled, key=_number_of)]
    return Source(reviews, about, pd.DataFrame(columns=list(DROPPED_COLUMNS)), unlabelled)


def _number_of(name: str) -> tuple[int, str]:
    """The number of a review in its file's name; the name itself decides between equal ones."""
    digits = re.match(r"[0-9]+", name.rsplit("/", 1)[-1])
    return int(digits[0]) if digits else -1, name


def _by_stars(reviews: pd.DataFrame) -> tuple[pd.DataFrame, About]:
    """The reviews labelled by their stars, and what these classes are called."""
    stars = sorted(set(reviews["stars"]))
    names = tuple(map(str, stars))
    shown = tuple(f"{number}-star" for number in names)
    labels = reviews["stars"].map(stars.index).astype("int64")
    about = About(names, shown, FILM, scale=tuple(map(float, stars)))
    return reviews.assign(label=labels), about


def read_reviews(source: Path) -> pd.DataFrame:
    """Read the labelled reviews of an unpacked folder or an archive, which stays packed.

    `train/pos/9_7.txt` is review 9 of the positive training reviews, with 7 stars, and line 9,
    counted from 0, of `train/urls_pos.txt` is the page of its film. Other files are passed over.

    Returns:
        One row per review: review_id (`train/pos/9_7`), split (train or test), label (1 positive,
        0 negative), stars, film (the title's id, `tt0453418`), text. Training reviews come
        before test reviews, positive before negative, then by number.

    Raises:
        UserError: `source` cannot be read; a class folder, a list of films or a line of it is
            missing; a review is empty, not UTF-8, there twice or not named ID_STARS.txt.
    """
    return _table_of(source, _read_members(source, False))


@dataclass(frozen=True)
class _Members:
    """What a source holds: rows of reviews, lists of films by folder, unlabelled texts by name."""

    rows: list[_Row]
    films: dict[tuple[str, str], list[str]]
    unlabelled: dict[str, str]


def _read_members(source: Path, with_unlabelled: bool) -> _Members:
    """All that is wanted of a source, in one pass: an archive is unpacked anew for each."""
    patterns = [_REVIEW, _FILM_LIST, *([_UNLABELLED] if with_unlabelled else [])]
    found = _Members([], {}, {})
    for name, content in open_members(
        source, wanted=lambda name: any(pattern.fullmatch(name) for pattern in patterns)
    ):
        where = f"{source}: {name}"
        text = _decode(where, content)
        if match := _REVIEW.fullmatch(name):
            split, label, file_name = match.groups()
            found.rows.append(_review(where, split, label, file_name, text))
        elif match := _FILM_LIST.fullmatch(name):
            split, label = match.groups()
            found.films[split, label] = _list_films(where, text)
        else:
            found.unlabelled[name] = text
    return found


def _table_of(source: Path, members: _Members) -> pd.DataFrame:
    columns = ["review_id", "split", "class", "number", "stars", "text"]
    reviews = pd.DataFrame(members.rows, columns=columns)
    _check_folders(source, reviews, members.films)
    _check_ids(source, reviews, members.films)
    return _add_films(reviews, members.films)


def _decode(where: str, content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UserError(f"{where}: not UTF-8 at byte {error.start}; convert it to UTF-8") from error


def _review(where: str, split: str, label: str, file_name: str, text: str) -> _Row:
    match = _REVIEW_FILE.fullmatch(file_name)
    if match is None:
        raise UserError(f"{where}: a review's file is named ID_STARS.txt; rename or remove it")
    if not text.strip():
        raise UserError(f"{where}: empty review; remove the file")
    number, stars = match.groups()
    review_id = f"{split}/{label}/{file_name.removesuffix('.txt')}"
    return review_id, split, label, int(number), int(stars), text


def _list_films(where: str, text: str) -> list[str]:
    films = []
    for number, line in enumerate(text.splitlines(), start=1):
        match = _FILM_ADDRESS.search(line)
        if match is None:
            raise UserError(f"{where}: line {number} has no film's address (.../title/tt...)")
        films.append(match[1])
    return films


def _check_folders(source: Path, reviews: pd.DataFrame, films: Collection[tuple[str, str]]) -> None:
    present = set(zip(reviews["split"], reviews["class"], strict=True))
    for split, label in FOLDERS:
        if (split, label) not in present:
            raise UserError(
                f"{source}: no reviews in {split}/{label}; expected the layout of aclImdb"
            )
        if (split, label) not in films:
            raise UserError(
                f"{source}: {split}/urls_{label}.txt is missing; "
                "it has the film's address of each review, a line each"
            )


def _check_ids(source: Path, reviews: pd.DataFrame, films: _Films) -> None:
    repeated = reviews["review_id"][reviews["review_id"].duplicated()]
    if len(repeated):
        raise UserError(f"{source}: {repeated.iloc[0]}.txt is there twice; keep one copy")
    for split, label in FOLDERS:
        of_folder = (reviews["split"] == split) & (reviews["class"] == label)
        last, lines = reviews["number"][of_folder].max(), len(films[split, label])
        if last >= lines:
            raise UserError(
                f"{source}: {split}/urls_{label}.txt has {lines} lines, "
                f"but the film of review {last} is on line {last + 1}; use the complete list"
            )


def _add_films(reviews: pd.DataFrame, films: _Films) -> pd.DataFrame:
    places = zip(reviews["split"], reviews["class"], reviews["number"], strict=True)
    complete = reviews.assign(
        film=[films[split, label][number] for split, label, number in places],
        label=[CLASSES.index(label) for label in reviews["class"]],
    )
    ordered = complete.sort_values(
        ["split", "label", "number", "stars"], ascending=[False, False, True, True]
    )
    return ordered[list(COLUMNS)].reset_index(drop=True)
