"""Every kind of HDF5 file: what its reader asks for is missed by `inspect` and by the reader."""

import shutil
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest

from practical_dl.files.artefacts import write_columns, write_hdf5
from practical_dl.images.augmentation.extremes import Extremes, read_extremes, write_extremes
from practical_dl.images.features.look_alikes import read_neighbours, write_neighbours
from practical_dl.images.features.reduced import (
    ARRAYS,
    Projection,
    read_projection,
    read_reduced,
    write_projection,
    write_reduced,
)
from practical_dl.images.features.store import (
    FeatureStore,
    Origin,
    join_shards,
    open_store,
    write_shard,
)
from practical_dl.images.pseudo_labels.material import read_material, write_pictures
from practical_dl.images.pseudo_labels.rounds import Round, read_round, write_round
from practical_dl.images.sample.store import read_sample_pictures, write_sample
from practical_dl.inspection.inspecting import inspect_file
from practical_dl.inspection.kinds import KINDS
from practical_dl.job.errors import UserError
from practical_dl.movies.models.catalogue import Catalogue
from practical_dl.movies.ranking.fits import Chosen, Settings, fit_taste
from practical_dl.movies.ranking.lists import Lists, read_lists, write_lists
from practical_dl.movies.ranking.models.interactions import make_interactions
from practical_dl.movies.ranking.taste import read_taste, write_taste
from practical_dl.movies.ratings.rating_set import SEEN_COLUMNS
from practical_dl.movies.ratings.tables import (
    read_rating_table,
    read_seen_table,
    read_split_table,
)
from practical_dl.movies.recommender.factors import (
    FACTOR_NAMES,
    Factors,
    Library,
    read_library,
    write_library,
)
from practical_dl.reviews.corpus.files import read_tokens, write_tokens
from practical_dl.reviews.models.linear import LinearModel, Sum, read_linear, write_linear
from practical_dl.reviews.vectors.tables import read_vectors, write_vectors
from practical_dl.training.trials import read_rows

ORIGIN = Origin("net", "conv", "none", "a" * 64, "4x4", "keras", "float32", "none")
IDS = ["a.jpg", "b.jpg", "c.jpg"]
ROWS = pd.DataFrame({"image_id": IDS, "label": ["cat", "dog", "cat"], "group": ["x", "y", "z"]})
ONES = np.arange(1, 13, dtype=np.float32).reshape(3, 2, 2, 1)
NUMBERS = ROWS.assign(label=[0, 1, 0])
DESCRIPTION = vars(ORIGIN)


def make_features(path: Path) -> None:
    write_shard(path, ROWS, ["cat", "dog"], (2, 2, 1), ORIGIN, {"numpy": "2"}, [ONES])


def make_joined(path: Path) -> None:
    make_features(path.with_name("shard_0.h5"))
    join_shards(path, [path.with_name("shard_0.h5")])


def make_reduced(path: Path) -> None:
    make_joined(path.with_name("whole.h5"))
    store = FeatureStore(path.with_name("whole.h5"), NUMBERS, (2, 2, 1))
    projection = Projection(np.ones((1, 1), np.float32), np.zeros(1, np.float32))
    write_reduced(path, store, projection, 1)


def make_library(path: Path) -> None:
    values = {name: np.ones(2) for name in FACTOR_NAMES}
    movies = pd.DataFrame({"movie_id": [1], "title": ["A"], "year": [1990], "genres": ["Drama"]})
    catalogue = Catalogue(np.array([7]), movies.astype({"year": "Int64"}))
    write_library(path, Library(Factors(mean=3.5, **values), catalogue, *np.zeros((3, 1), int)))


def make_taste(path: Path) -> None:
    """EASE between two movies that both users rated, so that no part is optional."""
    pair = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.array([5.0, 3.0, 4.0, 2.0])
    nothing = np.zeros(0, np.int64), np.zeros(0, np.int64)
    train = make_interactions(*pair, nothing, (2, 2), (1.0, 5.0))
    als = {"factors": 1, "confidence": 1.0, "ridge": 1.0, "passes": 1}
    settings = Settings(1, 1, 0.0, [1.0], [1.0], 0.4, als, 2, 2, 0)
    write_taste(path, fit_taste(train, Chosen(1.0, 1.0, 1.0, {"ease_liked": 1.0}), settings))


def read_every_array(path: Path) -> None:
    for name in ARRAYS:
        read_reduced(path, name)


def write_table(*columns: str) -> Callable[[Path], None]:
    return lambda path: write_columns(path, pd.DataFrame({name: [1, 2] for name in columns}))


LINEAR = LinearModel(
    2, [np.arange(2)] * 2, (Sum(np.ones(4, np.float32), np.ones(4, np.float32), 0.5),)
)
FILES: dict[str, tuple[Callable[[Path], object], Callable[[Path], object]]] = {
    "labelled.h5": (make_joined, lambda path: open_store(path, [], DESCRIPTION)),
    "shard_0.h5": (make_features, lambda path: open_store(path, [path], DESCRIPTION)),
    "reduced.h5": (make_reduced, read_every_array),
    "pictures.h5": (
        lambda path: write_pictures(path, [(ROWS, ONES)], 1),
        lambda path: read_material(path, "absent.csv"),
    ),
    "round_0.h5": (
        lambda path: write_round(path, Round(("none",), *np.ones((2, 1, 1, 2), np.float32))),
        read_round,
    ),
    "projection.h5": (
        lambda path: write_projection(
            path, Projection(np.ones((2, 1), np.float32), np.ones(1, np.float32))
        ),
        read_projection,
    ),
    "neighbours.h5": (
        lambda path: write_neighbours(path, np.array([[1], [0]]), np.array([[0], [0]])),
        read_neighbours,
    ),
    "images.h5": (
        lambda path: write_sample(
            path,
            NUMBERS.assign(grouped="train", random="valid"),
            ["cat", "dog"],
            (2, 2),
            [np.ones((3, 2, 2, 3), np.uint8)],
        ),
        read_sample_pictures,
    ),
    "contact_sheet.h5": (
        lambda path: write_extremes(
            path,
            Extremes(
                np.ones((2, 2, 2, 3), np.uint8),
                pd.DataFrame({"type": ["none", "zoom"], "amount": [0.0, 0.1]}),
            ),
        ),
        read_extremes,
    ),
    "ratings.h5": (write_table("user_id", "movie_id", "rating", "timestamp"), read_rating_table),
    "seen.h5": (write_table(*SEEN_COLUMNS), read_seen_table),
    "split.h5": (write_table("user_id", "movie_id", "role"), read_split_table),
    "factors.h5": (make_library, read_library),
    "taste.h5": (make_taste, read_taste),
    "lists.h5": (
        lambda path: write_lists(
            path, {"random": Lists(np.array([7]), {"ease": np.array([[1, 2]])})}
        ),
        read_lists,
    ),
    "tokens.h5": (
        lambda path: write_tokens(path, np.array([3, 4]), np.array([0, 2])),
        lambda path: read_tokens(path, 1),
    ),
    "model.h5": (lambda path: write_linear(path, LINEAR, ["good"]), read_linear),
    "random.h5": (lambda path: write_vectors(path, np.eye(2, dtype=np.float32)), read_vectors),
    "rows.h5": (write_table("method", "seed", "id", "group", "loss"), read_rows),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    for name, (write, _) in FILES.items():
        write(folder / name)
    return folder


def test_every_kind_is_among_them_and_whole(whole: Path) -> None:
    described = {name: inspect_file(whole / name).described for name in FILES}
    assert {one.what for one in described.values()} == {kind.what for kind in KINDS}
    assert not any(one.wrong for one in described.values())


def parts_of(path: Path) -> list[str]:
    with h5py.File(path) as file:
        attributes = [f"attribute {name}" for name in file.attrs if not name.endswith("version")]
        return [*file, *attributes]


def without(path: Path, part: str) -> None:
    with h5py.File(path, "a") as file:
        attribute = part.removeprefix("attribute ")
        if attribute != part:
            del file.attrs[attribute]
        else:
            del file[part]


@pytest.mark.parametrize("name", FILES)
def test_a_part_less_is_told_by_inspect_and_by_the_reader(
    whole: Path, tmp_path: Path, name: str
) -> None:
    parts = parts_of(whole / name)
    assert parts
    for part in parts:
        shutil.copytree(whole, tmp_path / part)
        path = tmp_path / part / name
        without(path, part)
        described = inspect_file(path).described
        nothing = len(parts) == 1
        wanted = "nothing in it is of this workflow" if nothing else f"it lacks {part}"
        assert described.wrong[0] == wanted
        with pytest.raises(UserError, match=rf"{path}: lacks {part}; delete it and run again"):
            FILES[name][1](path)


def test_a_shard_that_lost_a_column_is_told_of_the_store_that_joins_it(
    whole: Path, tmp_path: Path
) -> None:
    shutil.copytree(whole, tmp_path / "copy")
    without(tmp_path / "copy/shard_0.h5", "label")
    found = inspect_file(tmp_path / "copy/labelled.h5").described
    assert found.wrong == ["its shard shard_0.h5 lacks label"]


def test_an_hdf5_file_of_no_kind_is_told(tmp_path: Path) -> None:
    write_hdf5(tmp_path / "x.h5", lambda file: file.create_dataset("x", data=[1]))
    assert inspect_file(tmp_path / "x.h5").described.wrong == ["nothing in it is of this workflow"]


@pytest.mark.parametrize(
    ("values", "offsets", "message"),
    [
        ([3, 0], [0, 2], "values: an index below 1"),
        ([3, 4], [0, 2], "values: an index beyond the 3 words of vocabulary.csv"),
        ([3, 1], [0, 1], "offsets: they do not span the values"),
        ([3, 1], [0, 2, 1, 2], "offsets: a review ends before it begins"),
    ],
)
def test_tokens_that_cannot_be_read_are_told(
    tmp_path: Path, values: list[int], offsets: list[int], message: str
) -> None:
    (tmp_path / "vocabulary.csv").write_text("word_index,word,count\n1,a,3\n2,b,2\n3,c,1\n")
    write_tokens(tmp_path / "tokens.h5", np.array(values), np.array(offsets))
    assert inspect_file(tmp_path / "tokens.h5").described.wrong == [message]
