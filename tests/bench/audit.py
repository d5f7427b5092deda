"""Faults planted into pictures without known ones, and how many of each kind the audit finds.

    python -m tests.bench.audit plant SOURCE FOLDER [--pictures 3000] [--flipped 0.03]
    python -m tests.bench.audit score FOLDER results/images/NAME/audit

SOURCE is a folder of class folders. FOLDER gets train/ and test/ (a tenth of the pictures), and
planted.csv. Of the training labels 3 % are wrong; of 2 % of the pictures there is a copy, half of
them in the same part, half in the other, of each kind as many. Then run `snakemake audit` on a
`folder` source of FOLDER, and score what it wrote. Precision counts all pairs or suspects; pairs of
frames of one film, which are near copies that nobody planted, count as false.
"""

import argparse
import shutil
from collections.abc import Callable, Collection
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image, ImageEnhance

TESTED = 0.1
KINDS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "exact": lambda image: image,
    "resized": lambda image: image.resize([round(0.7 * side) for side in image.size]),
    "quality 60": lambda image: image,
    "brightened": lambda image: ImageEnhance.Brightness(image).enhance(1.3),
    "cropped": lambda image: image.crop(_inner(image.size)),
}


def _inner(size: tuple[int, int]) -> tuple[int, int, int, int]:
    """The picture without 5 % of its length and width."""
    width, height = size
    left, top = round(0.025 * width), round(0.025 * height)
    return left, top, width - left, height - top


def plant(
    source: Path, folder: Path, most: int, flipped_share: float, copied_share: float, seed: int
) -> None:
    """Write FOLDER: see the top of this module."""
    rng = np.random.default_rng(seed)
    paths = sorted(path for path in source.glob("*/*") if path.is_file())
    paths = [paths[row] for row in np.sort(rng.permutation(len(paths))[:most])]
    classes = sorted({path.parent.name for path in paths})
    is_test = rng.random(len(paths)) < TESTED
    is_flipped = ~is_test & (rng.random(len(paths)) < flipped_share)
    planted = []
    for path, test, flipped in zip(paths, is_test, is_flipped, strict=True):
        label = path.parent.name
        if flipped:
            label = str(rng.choice([name for name in classes if name != label]))
            planted.append(("flipped", path.name, ""))
        _copy(path, _place(folder, label, path.name, test=test))
    labels = dict(zip((path.name for path in paths), is_test, strict=True))
    for number, row in enumerate(rng.permutation(len(paths))[: round(copied_share * len(paths))]):
        kind, path = list(KINDS)[number % len(KINDS)], paths[row]
        test = bool(labels[path.name]) ^ (number // len(KINDS) % 2 == 1)
        name = f"copy_{number:04d}.jpg" if kind != "exact" else f"copy_{number:04d}{path.suffix}"
        place = _place(folder, path.parent.name, name, test=test)
        if kind == "exact":
            _copy(path, place)
        else:
            changed = KINDS[kind](Image.open(path).convert("RGB"))
            changed.save(place, quality=60 if kind == "quality 60" else 90)
        planted.append((kind, path.name, name))
    pd.DataFrame(planted, columns=["kind", "image_id", "copy"]).to_csv(
        folder / "planted.csv", index=False
    )


def score(folder: Path, audit: Path) -> pd.DataFrame:
    """Recall of each kind that was planted, and precision of the copies and of the suspects."""
    planted = pd.read_csv(folder / "planted.csv", keep_default_na=False)
    copies = pd.read_csv(audit / "copies.csv", keep_default_na=False)
    suspects = pd.read_csv(audit / "suspects.csv", keep_default_na=False)
    found = {frozenset(pair) for pair in copies[["image_id", "other"]].to_numpy()}
    rows = list[tuple[object, ...]]()
    for kind, own in planted[planted["kind"] != "flipped"].groupby("kind", sort=False):
        hits = [frozenset(pair) in found for pair in own[["image_id", "copy"]].to_numpy()]
        rows.append((kind, len(own), sum(hits), np.mean(hits), np.nan))
    true = {frozenset(pair) for pair in planted[["image_id", "copy"]].to_numpy()}
    rows.append(("pairs", len(found), len(found & true), np.nan, _share(found & true, found)))
    flipped = set(planted["image_id"][planted["kind"] == "flipped"])
    ranked = list(suspects["image_id"])
    for name, listed in {"suspects": ranked, "first suspects": ranked[: len(flipped)]}.items():
        hit = flipped & set(listed)
        rows.append((name, len(listed), len(hit), _share(hit, flipped), _share(hit, listed)))
    columns = ["kind", "number", "found", "recall", "precision"]
    return pd.DataFrame(rows, columns=columns)


def _share(part: Collection[object], whole: Collection[object]) -> float:
    return len(part) / max(1, len(whole))


def _place(folder: Path, label: str, name: str, *, test: bool) -> Path:
    place = folder / ("test" if test else f"train/{label}") / name
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _copy(path: Path, place: Path) -> None:
    shutil.copyfile(path, place)


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    planting = commands.add_parser("plant")
    planting.add_argument("source", type=Path)
    planting.add_argument("folder", type=Path)
    planting.add_argument("--pictures", type=int, default=3000)
    planting.add_argument("--flipped", type=float, default=0.03)
    planting.add_argument("--copied", type=float, default=0.02)
    planting.add_argument("--seed", type=int, default=1)
    scoring = commands.add_parser("score")
    scoring.add_argument("folder", type=Path)
    scoring.add_argument("audit", type=Path)
    given = parser.parse_args()
    if given.command == "plant":
        plant(given.source, given.folder, given.pictures, given.flipped, given.copied, given.seed)
    else:
        print(score(given.folder, given.audit).to_string(index=False))


if __name__ == "__main__":
    main()
