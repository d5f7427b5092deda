"""CSV files in words: by the contract that their columns follow, else column by column."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from practical_dl.files import predictions
from practical_dl.files.artefacts import read_csv
from practical_dl.images.pictures import manifest
from practical_dl.inspection.description import Description, balance, spread
from practical_dl.inspection.manifests import describe_manifest, describe_split
from practical_dl.inspection.predictions import describe_predictions, describe_submission
from practical_dl.inspection.scores import describe_comparison
from practical_dl.job.errors import counted, named
from practical_dl.overview import comparison

SPLITS = (["image_id", "role"], ["image_id", "fold"], ["review_id", "role"])
CATEGORIES = 12
MOST_COLUMNS = 24
NEARLY = 2
CONTRACTS = {"manifest": manifest.COLUMNS, "comparison of scores": comparison.COLUMNS}
UNIQUE_KEYS = ("review_id", "movie_id", "word_index", "word")


def describe_csv(path: Path) -> Description:
    """Any CSV file.

    Raises:
        UserError: it is absent, not a CSV file, or breaks the contract of its kind.
    """
    frame = read_csv(path, [], others_allowed=True)
    columns = list(frame.columns)
    described = _describe(path, frame, columns)
    if not _ends_in_line_break(path):
        described.wrong.append("its last line has no end: the file was cut off")
    return described


def _describe(path: Path, frame: pd.DataFrame, columns: Sequence[str]) -> Description:
    names = list(columns)
    if manifest.is_manifest(names):
        return describe_manifest(path, frame)
    if names in SPLITS:
        return describe_split(path, frame)
    if names == comparison.COLUMNS:
        return describe_comparison(path)
    if path.stem == "submission":
        return describe_submission(path)
    if tuple(names[:3]) == predictions.KEYS or names[2:5] == list(predictions.KEYS):
        return describe_predictions(path, names)
    if "epoch" in names and "learning_rate" in names:
        return _with_columns(
            Description("history: the course of a training, one row per epoch"), frame
        )
    wrong = _lacking(names)
    if path.name == "predictions.csv":
        wrong += [f"it lacks {name}" for name in predictions.KEYS if name not in names]
    return _with_columns(Description("table", wrong=wrong), frame)


def _lacking(names: Sequence[str]) -> list[str]:
    """The missing columns of a table that has nearly all columns of a contract."""
    lacking = {
        kind: [one for one in columns if one not in names] for kind, columns in CONTRACTS.items()
    }
    return [
        f"has the columns of a {kind} but for {named(absent)}"
        for kind, absent in lacking.items()
        if 0 < len(absent) <= NEARLY
    ]


def _with_columns(described: Description, frame: pd.DataFrame) -> Description:
    described.facts["rows"] = f"{len(frame):,} of {counted(len(frame.columns), 'column')}"
    for name in frame.columns[:MOST_COLUMNS]:
        described.facts[f"  {name}"] = _column(frame[name])
    if len(frame.columns) > MOST_COLUMNS:
        described.facts["  ..."] = f"{len(frame.columns) - MOST_COLUMNS} more columns"
    if frame.empty:
        described.notes.append("it has no rows")
        return described
    constant = [
        name
        for name in frame.columns
        if len(frame) > 1 and (frame[name] == frame[name].iloc[0]).all()
    ]
    if constant:
        described.notes.append(f"the same in every row: {', '.join(constant)}")
    key = frame.columns[0]
    if key in UNIQUE_KEYS and frame[key].duplicated().any():
        first = frame[key][frame[key].duplicated()].iloc[0]
        described.wrong.append(f"duplicate {key}: {first}")
    for name in frame.columns:
        given = frame[name][frame[name] != ""]
        texts = given[pd.to_numeric(given, errors="coerce").isna()]
        if 0 < len(texts) < len(given) / 2:
            described.notes.append(f"{name}: {texts.iloc[0][:40]!r} among numbers")
        if frame[name].str.fullmatch(r"[+-]?(nan|inf(inity)?)", case=False).any():
            described.wrong.append(f"{name} has NaN or an infinite number")
    return described


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
