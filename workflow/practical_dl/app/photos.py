"""What a photo shows, where the classifier looks, and the training pictures that are most alike."""

import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from practical_dl.app.limits import checked_photo
from practical_dl.images.features.backbones import read_description
from practical_dl.images.features.store import FeatureStore, open_store
from practical_dl.images.heads.grad_cam import grad_cam
from practical_dl.images.pictures.decoding import decode
from practical_dl.images.pictures.loading import source_beside, source_root
from practical_dl.images.pictures.manifest import labelled_rows, levels_of_rows, read_manifest
from practical_dl.images.submission.classifier import read_classifier
from practical_dl.images.submission.predictor import Predictor, open_predictor
from practical_dl.job.errors import UserError
from practical_dl.settings.results_lookup import made_file

NEAREST = 5
SHOWN = (192, 256)
"""Height and width of a training picture on the page."""
BLOCK = 256

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Alike:
    """A training picture, its class and group, and how alike it is (1: the same features)."""

    picture: Pixels
    label: str
    group: str
    likeness: float


@dataclass
class Photos:
    """The classifier of an image set, opened when it is first asked."""

    results: Path
    dataset: str
    path: Path = field(init=False)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        self.path = made_file(self.results, "images", self.dataset, "classifier.json")

    @cached_property
    def predictor(self) -> Predictor:
        return open_predictor(self.path)

    def open(self) -> None:
        """Load everything that the first photo would wait for."""
        with self.lock:
            self.predictor.classify(np.zeros((1, *self.predictor.size, 3), np.uint8))
            _ = self._parts

    def probabilities(self, data: bytes) -> dict[str, float]:
        """The probability of each class, as `practical-dl predict` tells it.

        Raises:
            UserError: the bytes are no usable photo.
        """
        with self.lock:
            found = self.predictor.classify(self._pixels(data)[None])[0]
        return dict(zip(self.predictor.classes, map(float, found), strict=True))

    def _pixels(self, data: bytes) -> Pixels:
        try:
            return decode(checked_photo(data), self.predictor.size, self.predictor.levels)
        except ValueError as error:
            raise UserError(f"photo: {error}") from error

    def looked_at(self, data: bytes) -> Pixels | None:
        """The photo with what spoke for its class in red; None where features have no places."""
        if self._parts is None:
            return None
        backbone, head = self._parts
        pixels = self._pixels(data)[None]
        features = backbone(pixels.astype(np.float32), training=False).numpy()
        if features.ndim != 4:
            return None
        chosen = np.asarray(head(features, training=False)).argmax(axis=1)
        [places] = grad_cam(head, features, chosen)
        return overlaid(decode(data, SHOWN, self.predictor.levels), places)

    def alike(self, data: bytes) -> list[Alike]:
        """The training pictures whose features point most nearly the same way."""
        if self._parts is None or not (self._features / "labelled.h5").is_file():
            return []
        backbone, _ = self._parts
        own = directions(backbone(self._pixels(data)[None].astype(np.float32)).numpy())[0]
        likeness = self._directions @ own
        order = np.argsort(-likeness, kind="stable")[:NEAREST]
        return [Alike(self._picture(row), *self._told(row), float(likeness[row])) for row in order]

    @cached_property
    def _parts(self) -> tuple[Any, Any] | None:
        """Backbone and head; None of a network of OpenVINO, which cannot be taken apart."""
        model = self.path.with_name(read_classifier(self.path)["model"])
        if model.suffix != ".keras":
            return None
        from practical_dl.files.model_files import load_model

        _, backbone, head = load_model(model).layers
        return backbone, head

    @cached_property
    def _features(self) -> Path:
        return self.path.parent / "features" / read_classifier(self.path)["backbone"]

    @cached_property
    def _store(self) -> FeatureStore:
        folder = self._features
        shards = sorted((folder / "labelled").glob("*.h5"))
        return open_store(
            folder / "labelled.h5", shards, read_description(folder / "backbone.json")
        )

    @cached_property
    def _directions(self) -> NDArray[np.float32]:
        """Of every labelled picture; those held out are left out by zeros."""
        count = len(self._store.rows)
        blocks = [
            directions(self._store.read(np.arange(start, min(start + BLOCK, count))))
            for start in range(0, count, BLOCK)
        ]
        return np.concatenate(blocks) * self._trained()[:, None]

    def _trained(self) -> NDArray[np.bool_]:
        from practical_dl.images.pictures.splits import read_split

        split = read_split(self.path.parent / "splits/grouped.csv", self._manifest)
        role = dict(zip(split["image_id"], split["role"], strict=True))
        return np.array([role[name] == "train" for name in self._store.rows["image_id"]])

    @cached_property
    def _manifest(self) -> Any:
        return read_manifest(self.path.parent / "manifest.csv")

    @cached_property
    def _labelled(self) -> Any:
        return labelled_rows(self._manifest).set_index("image_id", drop=False)

    def _row(self, row: int) -> Any:
        return self._labelled.loc[[self._store.rows["image_id"].iloc[row]]]

    def _told(self, row: int) -> tuple[str, str]:
        found = self._row(row).iloc[0]
        return str(found["label"]), str(found["group"])

    def _picture(self, row: int) -> Pixels:
        found = self._row(row)
        root = source_root(source_beside(self.results, self.dataset))
        path = self.results.parent / root / found["path"].iloc[0]
        [levels] = levels_of_rows(found)
        return decode(path.read_bytes(), SHOWN, levels)


def directions(features: NDArray[Any]) -> NDArray[np.float32]:
    """Unit vectors (n, channels) of features (n, height, width, channels) or (n, channels)."""
    pooled = features.astype(np.float32)
    if pooled.ndim == 4:
        pooled = pooled.mean(axis=(1, 2))
    return pooled / np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-12)


def overlaid(picture: Pixels, places: NDArray[np.float32]) -> Pixels:
    """A picture (h, w, 3) with the map `places` of 0 to 1 over it, in red."""
    layer = Image.fromarray(places).resize(picture.shape[1::-1], Image.Resampling.BILINEAR)
    weight = 0.7 * np.clip(np.asarray(layer), 0, 1)[..., None]
    mixed = (1 - weight) * picture + weight * np.array([255, 0, 0])
    return mixed.astype(np.uint8)
