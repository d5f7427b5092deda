"""Manifests of pictures, and splits of pictures and reviews, in words."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from practical_dl.images.pictures.manifest import (
    check_manifest,
    class_names,
    given_sides,
    is_grouped,
    labelled_rows,
    levels_of_rows,
    read_manifest,
    typed,
)
from practical_dl.images.pictures.splits import require_whole_groups
from practical_dl.inspection.description import Description, balance
from practical_dl.job.errors import UserError, counted, named
from practical_dl.reviews.corpus.about import about_near
from practical_dl.reviews.corpus.files import read_review_table
from practical_dl.scoring.metrics import NOT_GROUPED

Frame = pd.DataFrame
ALLOWED = {"role": "train|valid|test", "fold": r"\d+"}


def describe_manifest(path: Path, frame: Frame) -> Description:
    """A manifest as read: text columns."""
    described = Description("manifest: every picture once, in the order of all rows")
    try:
        manifest = typed(frame.copy(), path)
        check_manifest(manifest, path)
    except UserError as error:
        described.wrong.append(str(error))
        return described
    labelled = labelled_rows(manifest)
    sizes = manifest["width"].astype(str) + "x" + manifest["height"].astype(str)
    described.facts = {
        "pictures": f"{len(manifest):,} ({balance(manifest['split'])})",
        "classes": f"{len(class_names(manifest))}: {balance(labelled['label'])}",
        "groups": _groups(labelled) if is_grouped(manifest) else "none",
        "sizes": balance(sizes),
        "without a label": f"{len(manifest) - len(labelled):,}",
    }
    given = given_sides(labelled)
    if (given != "").any():
        described.facts["the source's own split"] = balance(given)
    levels = Counter(str(each) for each in levels_of_rows(manifest) if each is not None)
    if levels:
        described.facts["values of more than 8 bits that become 0 to 255"] = named(
            f"{each} in {counted(count, 'picture')}" for each, count in levels.most_common()
        )
    copies = manifest[manifest["sha256"].duplicated(keep=False)]
    if len(copies):
        first = named(copies["image_id"][copies["sha256"] == copies["sha256"].iloc[0]])
        described.notes.append(
            f"{len(copies):,} pictures are copies of each other, byte by byte: {first}"
        )
    described.wrong += _contradictions(labelled)
    return described


def _contradictions(labelled: Frame) -> list[str]:
    """Pictures that are in two classes at once."""
    classes = labelled.groupby("sha256")["label"].nunique()
    torn = classes.index[classes > 1]
    if not len(torn):
        return []
    first = named(labelled["image_id"][labelled["sha256"] == torn[0]])
    return [f"in two classes at once: {counted(len(torn), 'picture')} ({first})"]


def _groups(labelled: Frame) -> str:
    sizes = labelled["group"].value_counts()
    least, most = sizes.min(), sizes.max()
    return f"{len(sizes)}, with {least:,}{f' to {most:,}' if most > least else ''} pictures each"


def describe_split(path: Path, frame: Frame) -> Description:
    """The role (training, validation, test) or the fold of each picture or review."""
    key, side = frame.columns
    described = Description(
        f"split: the {side} of each {'picture' if key == 'image_id' else 'review'}"
    )
    described.facts = {"rows": f"{len(frame):,}", f"{side}s": balance(frame[side])}
    repeated = frame[key][frame[key].duplicated()]
    if len(repeated):
        described.wrong.append(f"duplicate {key}: {repeated.iloc[0]} ({len(repeated)} such)")
    strange = frame[side][~frame[side].str.fullmatch(ALLOWED[side])]
    if len(strange):
        described.wrong.append(
            f"{counted(len(strange), 'row')} with an impossible {side}: {strange.iloc[0]!r}"
        )
    if frame[side].nunique() < 2:
        described.wrong.append(f"all rows are on one side: {named(frame[side].unique())}")
    (_check_reviews if key == "review_id" else _check_pictures)(path, frame, described)
    return described


def _check_pictures(path: Path, split: Frame, described: Description) -> None:
    manifest = _read_beside(path, "manifest.csv", read_manifest, "groups", described)
    if manifest is None:
        return
    strange = sorted(set(split["image_id"]) - set(manifest["image_id"]))
    if strange:
        described.wrong.append(
            f"not in its manifest.csv: {counted(len(strange), 'picture')} ({named(strange)})"
        )
        return
    rows = split.merge(manifest, on="image_id")
    described.facts["classes"] = _by_side(rows, split.columns[1], "label")
    if not is_grouped(manifest):
        described.facts["groups"] = "none"
        return
    described.facts["groups"] = _by_side(rows, split.columns[1], "group")
    try:
        require_whole_groups(split, manifest, path)
    except UserError as error:
        if "random" in path.stem:
            cut = str(error).split(": ", 1)[1].split(";")[0]
            described.notes.append(f"leaks by design, for comparison only: {cut}")
        else:
            described.wrong.append(str(error))


def _check_reviews(path: Path, split: Frame, described: Description) -> None:
    reviews = _read_beside(path, "reviews.csv", read_review_table, "films", described)
    if reviews is None:
        return
    about = about_near(path)
    rows = split.merge(reviews, on="review_id")
    described.facts[about.units] = _by_side(rows, "role", "film") if about.group else NOT_GROUPED
    sides = rows[rows["film"] != ""].groupby("film")["role"].nunique()
    cut = sides.index[sides > 1]
    if len(cut):
        described.wrong.append(
            f"{about.units.removesuffix('s')} {cut[0]} is on more than one side ({len(cut)} such)"
        )


def _by_side(rows: Frame, side: str, column: str) -> str:
    counts = rows.groupby(side)[column].nunique()
    return named(f"{name}: {counted(count, column)}" for name, count in counts.items())


def _read_beside(
    path: Path, name: str, read: Callable[[Path], Frame], checked: str, described: Description
) -> Frame | None:
    """The nearest table of that name; without one, a note says what was not checked."""
    source = _beside(path, name)
    if source is None:
        described.notes.append(f"no {name} near it: {checked} were not checked")
        return None
    try:
        return read(source)
    except UserError as error:
        described.notes.append(f"{checked} were not checked: {error}")
        return None


def _beside(path: Path, name: str) -> Path | None:
    """The nearest file of that name in the folders above, up to the results."""
    for folder in list(path.absolute().parents)[:4]:
        if (folder / name).is_file():
            return folder / name
        if folder.name == "results":
            return None
    return None
