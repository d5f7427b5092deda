"""From a source's list of images to its manifest: every file decoded once and hashed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

import pandas as pd

from practical_dl.images.pictures.decoding import Examined, examine_image
from practical_dl.images.pictures.levels import Levels, fitting_levels, levels_of, union
from practical_dl.images.pictures.loading import BLOCK_ROWS, map_ahead
from practical_dl.images.pictures.manifest import LEVEL_COLUMNS
from practical_dl.job.errors import UserError, counted, named
from practical_dl.job.runtime import Log

MOST_NAMED = 10
DROPPED_COLUMNS = ["image_id", "path", "reason"]
UNKNOWN = Examined((0, 0))


@dataclass(frozen=True)
class _Measured:
    """One file: its checksum and what was found, or why it is of no use."""

    sha256: str = ""
    found: Examined = UNKNOWN
    problem: str = ""


def measure(
    listed: pd.DataFrame, root: Path, threads: int, log: Log
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Decode and hash a source's list of images.

    How pictures were read that can be read in several ways is told, by kind and number.

    Returns:
        The manifest of the usable ones, sorted by image_id, and the others with the columns
        `DROPPED_COLUMNS`: gone, damaged, not an image, or too large.
    """
    rows = listed.sort_values("image_id", ignore_index=True)
    paths = list(rows["path"])
    blocks = (paths[start : start + BLOCK_ROWS] for start in range(0, len(paths), BLOCK_ROWS))
    results = chain.from_iterable(map_ahead(partial(_measure_block, root), blocks, threads))
    measured = list(log.track(results, len(paths), "images"))
    is_bad = pd.Series([each.problem != "" for each in measured], dtype=bool)
    bad = rows[is_bad].assign(reason=[each.problem for each in measured if each.problem])
    good = rows[~is_bad].reset_index(drop=True)
    usable = [each for each in measured if not each.problem]
    _tell_notes(list(good["path"]), usable, log)
    manifest = good.assign(
        width=[each.found.size[1] for each in usable],
        height=[each.found.size[0] for each in usable],
        sha256=[each.sha256 for each in usable],
    )
    return (
        pd.concat([manifest, _level_columns(manifest, usable, log)], axis=1),
        bad[DROPPED_COLUMNS].reset_index(drop=True),
    )


def require_all_usable(bad: pd.DataFrame, total: int, root: Path, log: Log) -> None:
    """Refuse a source with unusable images; the log names each.

    Raises:
        UserError: there are some; names ten and says what to do.
    """
    if bad.empty:
        return
    _log_each(bad, log)
    named = [f"{row.path}: {row.reason}" for row in bad.head(MOST_NAMED).itertuples()]
    more = len(bad) - len(named)
    raise UserError(
        f"{root}: {len(bad):,} of {total:,} images are unusable; mend them, or set "
        f"`on_bad_pictures: drop` to do without them: {'; '.join(named)}"
        + (f"; and {more:,} more, which the job's log names" if more else "")
    )


def require_classes_left(
    listed: pd.DataFrame, manifest: pd.DataFrame, bad: pd.DataFrame, root: Path, log: Log
) -> None:
    """Check that every class of the images `listed` is left in the manifest, and tell the loss.

    Raises:
        UserError: without the unusable images a class has fewer than two.
    """
    if bad.empty:
        return
    _log_each(bad, log)
    log.show(f"{len(bad):,} of {len(listed):,} images are unusable and dropped")
    left = manifest["label"].value_counts().reindex(sorted(set(listed["label"])), fill_value=0)
    poor = [name for name, count in left.items() if name != "" and count < 2]
    if poor:
        raise UserError(
            f"{root}: without the {len(bad):,} unusable images, which the job's log names, class "
            f"{poor[0]} has fewer than two ({len(poor)} such); mend some"
        )


def copies_told(manifest: pd.DataFrame) -> list[str]:
    """A line each on files of the same bytes under several classes, in both parts, in groups."""
    is_copy = manifest["sha256"].duplicated(keep=False)
    copies = manifest[is_copy]
    labelled = copies[copies["split"] == "train"]
    told = []
    classes = labelled.groupby("sha256")["label"].nunique()
    torn = labelled[labelled["sha256"].isin(classes.index[classes > 1])]
    if len(torn):
        told.append(
            f"{counted(torn['sha256'].nunique(), 'picture')} stand under several classes, byte for "
            f"byte: {named(torn['path'])}; no model can be right on all of them"
        )
    parts = copies.groupby("sha256")["split"].nunique()
    if count := int((parts > 1).sum()):
        told.append(f"{counted(count, 'test picture')} lie among the labelled ones too")
    known = labelled[labelled["group"] != ""].groupby("sha256")["group"].nunique()
    if count := int((known > 1).sum()):
        told.append(
            f"{counted(count, 'picture')} stand in several groups, so a split by groups has them "
            "on both sides"
        )
    ungrouped = labelled[labelled["group"] == ""]
    if count := int(ungrouped["sha256"].duplicated().sum()):
        told.append(
            f"{counted(count, 'labelled picture')} are copies of others and of no group: they can "
            "train and validate"
        )
    return told


def _log_each(bad: pd.DataFrame, log: Log) -> None:
    for row in bad.itertuples():
        log.info(f"{row.path}: {row.reason}")


def _level_columns(manifest: pd.DataFrame, measured: Sequence[_Measured], log: Log) -> pd.DataFrame:
    """Low and high of each picture of more than 8 bits, and no column if there is none."""
    spans = [each.found.span for each in measured]
    known = [span for span in spans if span is not None]
    if not known:
        return pd.DataFrame(index=manifest.index)
    labelled = [
        span
        for span, split in zip(spans, manifest["split"], strict=True)
        if span is not None and split == "train"
    ]
    together = union(labelled)
    shared = None if together is None else levels_of(together)
    levels = [None if span is None else fitting_levels(span, shared) for span in spans]
    _tell_levels(shared, levels, log)
    pairs = [(None, None) if each is None else (each.low, each.high) for each in levels]
    return pd.DataFrame(pairs, columns=LEVEL_COLUMNS, dtype="float64")


def _tell_levels(shared: Levels | None, levels: Sequence[Levels | None], log: Log) -> None:
    alike = sum(each == shared for each in levels if each is not None)
    if alike:
        log.show(f"{alike:,} pictures of more than 8 bits: {shared} becomes 0 to 255")
    if others := sum(each is not None for each in levels) - alike:
        log.show(
            f"{others:,} pictures of more than 8 bits use too little of what the others hold, or "
            "more: the powers of two around their own values become 0 to 255"
        )


def _tell_notes(paths: Sequence[str], measured: Sequence[_Measured], log: Log) -> None:
    noted = [
        (note, path)
        for path, each in zip(paths, measured, strict=True)
        for note in each.found.notes
    ]
    for note in sorted({note for note, _ in noted}):
        of_note = [path for found, path in noted if found == note]
        log.show(f"{len(of_note):,} pictures {note}, such as {of_note[0]}")


def _measure_block(root: Path, paths: list[str]) -> list[_Measured]:
    return [_measure_file(root / path) for path in paths]


def _measure_file(path: Path) -> _Measured:
    try:
        data = path.read_bytes()
        found = examine_image(data)
    except OSError as error:
        return _Measured(problem=error.strerror or str(error))
    except ValueError as error:
        return _Measured(problem=str(error))
    return _Measured(hashlib.sha256(data).hexdigest(), found)
