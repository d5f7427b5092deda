"""CSV files in words: by the contract that their columns name, else column by column."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from practical_dl.files import predictions
from practical_dl.files.artefacts import read_csv
from practical_dl.images.pictures import manifest
from practical_dl.inspection.manifests import tell_manifest, tell_split
from practical_dl.inspection.predictions import tell_predictions, tell_submission
from practical_dl.inspection.scores import tell_comparison
from practical_dl.inspection.telling import Telling, balance, counted, named, spread
from practical_dl.overview import comparison

SPLITS = (["image_id", "role"], ["image_id", "fold"], ["review_id", "role"])
CATEGORIES = 12
MOST_COLUMNS = 24
NEARLY = 2
CONTRACTS = {"manifest": manifest.COLUMNS, "comparison of scores": comparison.COLUMNS}
UNIQUE_KEYS = ("review_id", "movie_id", "word_index", "word")


def tell_csv(path: Path) -> Telling:
    """Any CSV file.

    Raises:
        UserError: it is absent, not a CSV file, or breaks the contract of its kind.
    """
    frame = read_csv(path, [], others_allowed=True)
    columns = list(frame.columns)
    told = _tell(path, frame, columns)
    if not _ends_in_line_break(path):
        told.wrong.append("its last line has no end: the file was cut off")
    return told


def _tell(path: Path, frame: pd.DataFrame, columns: Sequence[str]) -> Telling:
    names = list(columns)
    if names == manifest.COLUMNS:
        return tell_manifest(path, frame)
    if names in SPLITS:
        return tell_split(path, frame)
    if names == comparison.COLUMNS:
        return tell_comparison(path)
    if path.stem == "submission":
        return tell_submission(path)
    if tuple(names[:3]) == predictions.KEYS or names[2:5] == list(predictions.KEYS):
        return tell_predictions(path, names)
    if "epoch" in names and "learning_rate" in names:
        return _with_columns(Telling("history: the course of a training, a row an epoch"), frame)
    wrong = _lacking(names)
    if path.name == "predictions.csv":
        wrong += [f"it lacks {name}" for name in predictions.KEYS if name not in names]
    return _with_columns(Telling("table", wrong=wrong), frame)


def _lacking(names: Sequence[str]) -> list[str]:
    """What a table lacks that has nearly all columns of a contract."""
    lacking = {
        kind: [one for one in columns if one not in names] for kind, columns in CONTRACTS.items()
    }
    return [
        f"has the columns of a {kind} but for {named(absent)}"
        for kind, absent in lacking.items()
        if 0 < len(absent) <= NEARLY
    ]


def _with_columns(told: Telling, frame: pd.DataFrame) -> Telling:
    told.facts["rows"] = f"{len(frame):,} of {counted(len(frame.columns), 'column')}"
    for name in frame.columns[:MOST_COLUMNS]:
        told.facts[f"  {name}"] = _column(frame[name])
    if len(frame.columns) > MOST_COLUMNS:
        told.facts["  ..."] = f"{len(frame.columns) - MOST_COLUMNS} more columns"
    if frame.empty:
        told.notes.append("it has no rows")
        return told
    constant = [
        name
        for name in frame.columns
        if len(frame) > 1 and (frame[name] == frame[name].iloc[0]).all()
    ]
    if constant:
        told.notes.append(f"the same in every row: {', '.join(constant)}")
    key = frame.columns[0]
    if key in UNIQUE_KEYS and frame[key].duplicated().any():
        first = frame[key][frame[key].duplicated()].iloc[0]
        told.wrong.append(f"{key} {first} stands there twice")
    for name in frame.columns:
        given = frame[name][frame[name] != ""]
        texts = given[pd.to_numeric(given, errors="coerce").isna()]
        if 0 < len(texts) < len(given) / 2:
            told.notes.append(f"{name}: {texts.iloc[0][:40]!r} stands among numbers")
        if frame[name].str.fullmatch(r"[+-]?(nan|inf(inity)?)", case=False).any():
            told.wrong.append(f"{name} holds NaN or an infinite number")
    return told


def _column(values: "pd.Series[str]") -> str:
    given = values[values != ""]
    missing = len(values) - len(given)
    numbers = pd.to_numeric(given, errors="coerce")
    if given.empty:
        text = "empty"
    elif values.nunique() <= CATEGORIES and not numbers.notna().all():
        text = balance(given)
    elif numbers.notna().all():
        text = spread(numbers.to_numpy("float64"))
    else:
        text = f"{given.nunique():,} different texts, such as {given.iloc[0][:40]!r}"
    return f"{text}; {missing:,} missing" if missing else text


def _ends_in_line_break(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) == b"\n"
