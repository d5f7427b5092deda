"""Texts of one's own: a table of texts and labels, and what it may hold besides.

One table, or one to train on and one to test on. Where neither it nor a column says who tests,
a share of the rows does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from practical_dl.job.errors import UserError, counted
from practical_dl.reviews.corpus.about import About
from practical_dl.reviews.corpus.classes import order_classes, same_class
from practical_dl.reviews.corpus.duplicates import number_texts
from practical_dl.reviews.corpus.sources import COLUMNS, DROPPED_COLUMNS, Source
from practical_dl.reviews.corpus.splits import (
    draw,
    groups_on_two_sides,
    require_classes,
    with_units,
)
from practical_dl.reviews.corpus.tokens import has_no_blanks, tokenise
from practical_dl.tables.mistakes import Mistakes, mistakes_table
from practical_dl.tables.reading import open_table, read_blocks, read_whole
from practical_dl.tables.table import options_of
from practical_dl.tables.values import is_unknown, tidy
from practical_dl.tables.words import SIDES

NO_TEXT = frozenset(("", "nan", "null", "#n/a", "<na>"))
"""What programs write where there is no text."""

TIDIED = ("label", "group", "split", "id")


@dataclass
class _Reading:
    """What is said of a table, and what was found out while reading."""

    settings: Mapping[str, Any]
    duplicates: Mapping[str, Any]
    told: list[str] = field(default_factory=list)
    dropped: list[pd.DataFrame] = field(default_factory=list)

    def table(self, path: str, purposes: tuple[str, ...]) -> tuple[Any, dict[str, str]]:
        """An open table, and its columns by purpose."""
        given = {purpose: self.settings[purpose] for purpose in purposes}
        named = {purpose: name for purpose, name in given.items() if name is not None}
        options = options_of(self.settings["format"])
        table = open_table(Path(path), options, named.values())
        self.told.append(f"{Path(path).name} {table.note}")
        return table, named

    def settle(self, mistakes: Mistakes) -> list[int]:
        """The lines to leave out of a table; counts them."""
        lines = mistakes.settle(self.settings["on_bad_rows"])
        found = mistakes_table(mistakes.found)
        found.insert(0, "file", mistakes.path.name)
        self.dropped.append(found)
        if lines:
            self.told.append(f"{counted(len(lines), 'row')} of {mistakes.path.name} left out")
        return lines


def read_review_tables(
    settings: Mapping[str, Any], seed: int, duplicates: Mapping[str, Any]
) -> Source:
    """Read texts and labels as the configuration's `source.table` names them.

    Args:
        settings: that section, with paths of files that are there.
        seed: of the draw of test rows.
        duplicates: the configuration's section, size and similarity.

    Returns:
        A row per text in the order of the files: review_id (`id`, or part and line, such as
        `train/12`), split (train, valid or test), label (place of its class), stars ('': there
        are none), film (its group, or ''), text as it stands in the table.

    Raises:
        UserError: a table cannot be read or has mistakes, there are not two classes, a part lacks
            one, or a group is on two sides of a ready-made split.
    """
    reading = _Reading(settings, duplicates)
    rows = _read_rows(reading)
    classes = order_classes(
        rows["label"], settings["classes"], settings["label"], settings["ordered"]
    )
    reading.told += classes.told
    rows = rows.assign(label=classes.labels, film=_groups(rows, reading))
    rows["split"] = _parts(rows, reading, seed)
    _require_classes_in_test(rows, classes.names)
    reading.told += _torn_texts(rows)
    reading.told += _without_blanks(rows["text"])
    places = rows["split"] + "/" + rows["line"].astype(str)
    rows["review_id"] = rows["id"] if settings["id"] is not None else places
    unlabelled = _read_unlabelled(reading)
    about = About(
        classes.names,
        classes.names,
        settings["group"] or "",
        settings["text"],
        tuple(reading.told),
        classes.scale,
    )
    reviews = rows.assign(stars="")[list(COLUMNS)].reset_index(drop=True)
    dropped = pd.concat(reading.dropped)[list(DROPPED_COLUMNS)]
    return Source(reviews, about, dropped, unlabelled)


def _read_rows(reading: _Reading) -> pd.DataFrame:
    """The good rows of both tables: text, label, line, and group, split and id, '' without one."""
    settings = reading.settings
    parts = [_read_part(reading, settings["path"], ("text", "label", "group", "split", "id"))]
    if settings["test"] is not None:
        if (parts[0]["split"] == "test").any():
            raise UserError(
                f"{settings['path']}: column {settings['split']!r} has test rows, and `test` names "
                "a table; leave one of them out"
            )
        tests = _read_part(reading, settings["test"], ("text", "label", "group", "id"))
        parts.append(tests.assign(split="test"))
    rows = pd.concat(parts, ignore_index=True)
    repeated = rows["id"][(rows["id"] != "") & rows["id"].duplicated()]
    if len(repeated):
        raise UserError(f"{settings['test']}: id {repeated.iloc[0]!r} is in both tables")
    return rows


def _read_part(reading: _Reading, path: str, purposes: tuple[str, ...]) -> pd.DataFrame:
    table, named = reading.table(path, purposes)
    mistakes = Mistakes(Path(path))
    rows = read_whole(table, named, mistakes)
    for purpose in TIDIED:
        rows[purpose] = tidy(rows[purpose]) if purpose in named else ""
    wrong = _wrong_values(rows, named, reading.settings["classes"])
    for purpose, (is_wrong, wanted) in wrong.items():
        mistakes.add_values(rows[purpose][is_wrong], named[purpose], wanted)
    kept = rows.drop(index=reading.settle(mistakes), errors="ignore")
    if kept.empty:
        raise UserError(f"{path}: no row is left")
    kept["split"] = kept["split"].str.lower().map({"": "", **SIDES}).astype(str)
    return kept.rename_axis("line").reset_index()


def _wrong_values(
    rows: pd.DataFrame, named: Mapping[str, str], classes: list[str] | None
) -> dict[str, tuple["pd.Series[bool]", str]]:
    """By purpose: which rows (n,) have no such value, and what is wanted."""
    wrong = {
        "text": (rows["text"].str.strip().str.lower().isin(NO_TEXT), "a text"),
        "label": _wrong_labels(rows["label"], classes),
        "split": (~rows["split"].str.lower().isin(SIDES), "train, valid or test"),
        "id": ((rows["id"] == "") | rows["id"].duplicated(), "an id that no other row has"),
    }
    return {purpose: found for purpose, found in wrong.items() if purpose in named}


def _wrong_labels(
    labels: "pd.Series[str]", classes: list[str] | None
) -> tuple["pd.Series[bool]", str]:
    """Values like `none` are classes where there would be fewer than two without them."""
    if classes is not None:
        known = {same_class(name) for name in classes}
        right = {value: same_class(value) in known for value in set(labels)}
        return ~labels.map(right).astype(bool), " or ".join(classes)
    unknown = is_unknown(labels)
    are_enough = len(set(labels[~unknown])) > 1
    return (unknown if are_enough else labels == ""), "a class"


def _groups(rows: pd.DataFrame, reading: _Reading) -> "pd.Series[str]":
    """The group of each row, '' where it is unknown: such a row stands for itself."""
    column = reading.settings["group"]
    if column is None:
        reading.told.append("not grouped: texts of one author or subject may train and test")
        return rows["group"]
    groups = rows["group"].mask(is_unknown(rows["group"]), "")
    known = groups[groups != ""]
    without = len(groups) - len(known)
    alone = f"; {counted(without, 'row')} without one, each for itself" if without else ""
    reading.told.append(f"grouped by {column!r}: {counted(known.nunique(), 'group')}{alone}")
    if case := known.nunique() - known.str.casefold().nunique():
        reading.told.append(f"groups that differ from another by case alone: {case:,}, kept apart")
    return groups


def _parts(rows: pd.DataFrame, reading: _Reading, seed: int) -> "pd.Series[str]":
    """Who trains, validates and tests: as the tables say, or drawn."""
    settings = reading.settings
    parts = rows["split"].mask(rows["split"] == "", "train")
    if settings["split"] is None and settings["test"] is None:
        return _drawn_test(rows, reading, seed)
    if not (parts == "test").any():
        raise UserError(
            f"{settings['path']}: column {settings['split']!r} has no test rows; name their table "
            "as `test`, or leave `split` out, so that all parts are drawn"
        )
    sizes = ", ".join(f"{part} {count:,}" for part, count in parts.value_counts().items())
    reading.told.append(f"ready-made parts: {sizes} rows")
    _settle_leaks(rows["film"], parts, reading)
    return parts


def _drawn_test(rows: pd.DataFrame, reading: _Reading, seed: int) -> "pd.Series[str]":
    share, column = reading.settings["test_share"], reading.settings["group"]
    drawable = rows[["label"]].assign(film=_units(rows, reading.duplicates))
    is_test = draw(drawable["film"], drawable["label"], share, seed)
    units = f"groups of {column!r}" if column else "different texts"
    require_classes(drawable, is_test, f"test_share {share}", units)
    apart = "whole groups" if column else "duplicates on one side"
    reading.told.append(f"test rows: {is_test.sum():,} of {len(rows):,}, drawn, {apart}")
    return rows["split"].mask(is_test, "test").mask(~is_test, "train")


def _units(rows: pd.DataFrame, duplicates: Mapping[str, Any]) -> "pd.Series[str]":
    """What is drawn as a whole; see `with_units`."""
    if (rows["film"] != "").all():
        return rows["film"]
    tokens = tokenise(rows["text"], pd.Series(True, rows.index)).tokens
    return with_units(rows["film"], tokens, number_texts(rows["text"]), **duplicates)


def _settle_leaks(films: "pd.Series[str]", parts: "pd.Series[str]", reading: _Reading) -> None:
    settings = reading.settings
    for pair, found in groups_on_two_sides(films, parts).items():
        line = f"{counted(len(found), 'group')} of {settings['group']!r} in {pair} ({found[0]!r})"
        if settings["split_leaks"] == "refuse":
            raise UserError(
                f"{settings['path']}: {line}, so scores would flatter; leave `split` out, set "
                "`split_leaks: accept` to use the parts as they are, or leave `group` out"
            )
        reading.told.append(f"{line}: scores may flatter")


def _without_blanks(texts: "pd.Series[str]") -> Iterator[str]:
    """A line on texts of languages that have no blanks between words."""
    found = int(texts.map(has_no_blanks).sum())
    if found:
        yield (
            f"{counted(found, 'text')} in a language without blanks between words: each character "
            "is read as a word, so n-grams of words are n-grams of characters"
        )


def _torn_texts(rows: pd.DataFrame) -> Iterator[str]:
    """A line on texts that stand there with more than one label."""
    pairs = pd.DataFrame({"text": rows["text"].str.strip().str.casefold(), "label": rows["label"]})
    different = pairs.drop_duplicates()
    torn = int(different["text"].duplicated().sum())
    if torn:
        yield f"{counted(torn, 'text')} with two labels: no model can be right on all of them"


def _require_classes_in_test(rows: pd.DataFrame, names: tuple[str, ...]) -> None:
    for part in ("train", "test"):
        found = set(rows["label"][rows["split"] == part])
        absent = [name for label, name in enumerate(names) if label not in found]
        if absent:
            raise UserError(f"no {part} row is of class {absent[0]!r}; all classes are needed")


def _read_unlabelled(reading: _Reading) -> list[str]:
    """The texts of the table of further ones."""
    path = reading.settings["unlabelled"]
    texts: list[str] = []
    if path is None:
        return texts
    table, named = reading.table(path, ("text",))
    mistakes = Mistakes(Path(path))
    for rows in read_blocks(table, named, mistakes):
        is_empty = rows["text"].str.strip() == ""
        mistakes.add_values(rows["text"][is_empty], named["text"], "a text")
        texts += rows["text"][~is_empty].tolist()
    reading.settle(mistakes)
    reading.told.append(f"{counted(len(texts), 'unlabelled text')} in {Path(path).name}")
    return texts
