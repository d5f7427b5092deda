"""Texts with two classes or more: aclImdb, and tables of texts and labels."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from practical_dl.job.errors import UserError, named
from practical_dl.recognition.column_names import column_for, is_called
from practical_dl.recognition.columns import (
    WITHOUT_BLANKS,
    Column,
    columns_of,
    folds_told,
    group_fault,
    label_fault,
    label_of,
    others_told,
    partners,
    possible_labels,
    rows_told,
    scripts_told,
    several_labels,
)
from practical_dl.recognition.finding import (
    Answer,
    Finding,
    Refusal,
    drop_rows,
    first_finding,
)
from practical_dl.recognition.place import Place
from practical_dl.recognition.tree import is_below
from practical_dl.tables.starts import Start

FEWEST_TEXTS = 20
WORDY = 4
"""Words of a column's name from which it may be a text of a table without a header."""
TEXT = ".txt"
ACL = {f"{part}/{label}" for part in ("train", "test") for label in ("neg", "pos")}


def find_texts(place: Place) -> Answer:
    """A data set of texts, or why these texts are none."""
    answer: Answer = None if place.main else _find_folders(place)
    if answer is not None:
        return answer
    return first_finding(_find_table(place, *table) for table in place.open_tables(place.tables))


def _find_folders(place: Place) -> Answer:
    """aclImdb's folders, or other folders of text files, for which there is no source."""
    folders = {
        path: sum(name.lower().endswith(TEXT) for name in folder.others)
        for path, folder in place.tree.folders.items()
    }
    texts = {path: count for path, count in folders.items() if count}
    for root in sorted({path.split("/", 1)[0] for path in texts} | {""}):
        parts = {path[len(root) :].lstrip("/") for path in texts if is_below(path, root)}
        if parts >= ACL:
            return _imdb(place, root)
    classes = {path: count for path, count in texts.items() if path and count > 1}
    if len(classes) > 1 and not place.tree.count():
        return Refusal(
            f"text files in folders ({named(sorted(classes))}): no such source yet; make one table "
            "of them with the columns text and label"
        )
    return None


def _imdb(place: Place, root: str) -> Answer:
    lists = [f"{part}/urls_{label}.txt" for part in ("train", "test") for label in ("neg", "pos")]
    start = f"{root}/" if root else ""
    there = {
        f"{path}/{name}".lstrip("/")
        for path, one in place.tree.folders.items()
        for name in one.others
    }
    missing = [name for name in lists if f"{start}{name}" not in there]
    if missing:
        return Refusal(
            f"the layout of aclImdb without {named(missing)}, which say the film of each review; "
            "get the whole archive, or make one table with the columns text and label"
        )
    finding = Finding("reviews", "aclImdb", {"imdb": {"path": place.written()}})
    finding.taken.append("train/ and test/ with neg/ and pos/: the Large Movie Review Dataset")
    return finding


def _find_table(place: Place, name: str, start: Start) -> Answer:
    start, headers = _with_header(start)
    columns = columns_of(start)
    text = _text(columns)
    if text is None:
        return None
    label = _label(columns, text, place.label)
    if label is None:
        return _lacking(name, text)
    if isinstance(label, str):
        return Refusal(f"{name}: {label}")
    order = _order(label, start.whole)
    if isinstance(order, str):
        return Refusal(f"{name}: {order}")
    if start.whole and len(start.rows) < FEWEST_TEXTS:
        return Refusal(f"{name}: {len(start.rows)} texts; at least {FEWEST_TEXTS} are needed")
    settings: dict[str, Any] = {
        "path": place.written(name), "text": text.name, "label": label.name
    }  # fmt: skip
    finding = Finding("reviews", f"texts of {name}", {"table": settings})
    finding.taken.append(f"{name}: {start.note}")
    if headers:
        settings["format"] = {"columns": headers}
        finding.unsure.append(
            f"no header: columns taken for {', '.join(headers)} (format: columns)"
        )
    finding.taken += [f"{line} ({rows_told(start)})" for line in order]
    for what, column in (("a text", text), (f"a class in {label.name!r}", label)):
        if column.unknown:
            drop_rows(column.unknown, what, finding, settings)
    if not is_called("text", text.name):
        finding.unsure.append(f"{text.name!r} is taken by what it holds: `text`")
    if not is_called("label", label.name) and place.label is None:
        possible = possible_labels([one for one in columns if one is not text and not one.is_text])
        finding.unsure.append(others_told(label, possible))
    _tell_languages(text, finding)
    free = [column for column in columns if column not in (text, label)]
    split = next((one for one in free if one.is_split and not one.are_folds), None)
    if split is None or not split.has_test:
        _add_test(place, name, (text, label), finding, settings)
    if split is not None:
        _add_split(split, finding, settings)
    _add_group(place, start, [one for one in free if one is not split], finding, settings)
    _add_unlabelled(place, name, text, settings, finding)
    if start.sheet:
        settings.setdefault("format", {})["sheet"] = start.sheet
    return finding


def _with_header(start: Start) -> tuple[Start, list[str]]:
    """The table; where its first row is data, under invented names, which are returned too.

    It is data where one of its values is a sentence, and another one is a class that stands in
    the same column further down.
    """
    columns = columns_of(start)
    texts = [column for column in columns if column.is_text and len(column.name.split()) >= WORDY]
    classes = [one for one in columns if one.can_be_label and one.name in one.counts]
    if not texts or not classes or not all(start.columns):
        return start, []
    known = {texts[0].name: "text", classes[0].name: "label"}
    invented = [known.get(one, f"column_{place}") for place, one in enumerate(start.columns, 1)]
    return replace(start, columns=invented, rows=[list(start.columns), *start.rows]), invented


def _lacking(name: str, text: Column) -> Refusal | None:
    """Texts without classes, where the column is called so."""
    if not is_called("text", text.name):
        return None
    return Refusal(
        f"{name}: {text.name!r} holds texts, but no column looks like their class; add one called "
        "label"
    )


def _text(columns: Sequence[Column]) -> Column | None:
    """The column of texts: by its name, if it holds words, else the longest that are sentences."""
    wordy = [column for column in columns if column.numbers is None and column.values]
    texts = [column for column in wordy if column.is_text]
    name = column_for("text", [column.name for column in texts])
    if name is None and not texts:
        plain = [
            one.name for one in wordy if is_called("text", one.name) and one.share_distinct > 0.3
        ]
        name = column_for("text", plain)
    if name is not None:
        return next(column for column in columns if column.name == name)
    return max(texts, key=lambda one: sum(map(len, one.values)) / len(one.values), default=None)


def _label(columns: Sequence[Column], text: Column, wanted: str | None) -> Column | str | None:
    others = [column for column in columns if column is not text and column.values]
    usable = [column for column in others if not column.is_text]
    name = column_for("label", [one.name for one in usable if not one.is_time])
    if wanted is None and name is not None:
        label = next(column for column in usable if column.name == name)
        if mark := several_labels(label):
            return f"{name!r} holds several labels a text, parted by {mark!r}: not supported"
        return label_fault(label) or label
    flags = [column.name for column in usable if column.is_flag]
    if wanted is None and len(flags) > 1:
        return (
            f"the columns {named(map(repr, flags))} hold 0 and 1: several labels a text (or one "
            "column a class) are not supported; make one column called label"
        )
    possible = possible_labels(usable)
    return label_of(others, possible, wanted) if possible or wanted is not None else None


def _tell_languages(text: Column, finding: Finding) -> None:
    scripts = scripts_told(text.values)
    if scripts:
        finding.taken.append(f"{text.name!r}: texts in {' and '.join(scripts)} script")
    if any(script in WITHOUT_BLANKS for script in scripts):
        finding.unsure.append(
            "this script has no blanks between words: each character is read as a word"
        )


def _order(label: Column, is_whole: bool) -> list[str] | str:
    """The classes in their order, told by the rule of the source; or why they are none.

    Where only a part of the table was read, a class that is rare there may have more rows.
    """
    import pandas as pd

    from practical_dl.reviews.corpus.classes import FEWEST_ROWS, order_classes

    values = pd.Series(label.values, dtype=str)
    if not is_whole:
        values = values[values.map(values.value_counts()) >= FEWEST_ROWS]
    try:
        return order_classes(values, None, label.name).told
    except UserError as error:
        return str(error)


def _add_split(split: Column, finding: Finding, settings: dict[str, Any]) -> None:
    if not split.has_test and "test" not in settings:
        finding.unsure.append(
            f"{split.name!r} looks like a ready-made split without test rows: not taken; all parts "
            "are drawn"
        )
        return
    settings["split"] = split.name
    finding.unsure.append(
        f"{split.name!r} looks like a ready-made split ({folds_told(split)}); taken (`split`)"
    )


def _add_group(
    place: Place,
    start: Start,
    free: Sequence[Column],
    finding: Finding,
    settings: dict[str, Any],
) -> None:
    repeated = [one.name for one in free if 2 < len(one.counts) < 0.95 * len(one.values)]
    name = column_for("group", repeated)
    if name is None:
        finding.unsure.append(
            "no column looks like a group: scores will be called 'not grouped'; if several texts "
            "are of one author or thing, give its column as `group`"
        )
        return
    fault = group_fault(start, name, settings["label"]) or _torn(place, start, name, settings)
    if fault is not None:
        finding.unsure.append(fault)
        return
    settings["group"] = name
    count = next(len(one.counts) for one in free if one.name == name)
    finding.unsure.append(f"{name!r} looks like a group ({count:,} of them); taken (`group`)")


def _torn(place: Place, start: Start, group: str, settings: dict[str, Any]) -> str | None:
    """Why a group is not taken: ready-made parts have some of its values on several sides."""
    torn = 0
    if "split" in settings:
        sides = partners(start, group, settings["split"]).values()
        torn = sum(len(one) > 1 for one in sides)
    test = place.table(Path(settings["test"]).name) if "test" in settings else None
    if test is not None and group not in test.columns:
        return f"{group!r} looks like a group, but the test part has no such column; not taken"
    if test is not None:
        torn += len(partners(start, group, group).keys() & partners(test, group, group).keys())
    if not torn:
        return None
    return (
        f"{group!r} looks like a group, but {torn:,} of them stand on several sides of the "
        "ready-made split; not taken (`group`): scores will be called 'not grouped'"
    )


def _add_test(
    place: Place, name: str, used: Sequence[Column], finding: Finding, settings: dict[str, Any]
) -> None:
    """A second table of the same columns."""
    wanted = {column.name for column in used}
    for other in place.beside():
        start = None if other == name or "test" not in other.lower() else place.table(other)
        if start is not None and wanted <= set(start.columns):
            settings["test"] = place.written(other)
            finding.taken.append(f"{other}: the test part")
            return
    finding.taken.append("no table of test rows beside it")


def _add_unlabelled(
    place: Place, name: str, text: Column, settings: dict[str, Any], finding: Finding
) -> None:
    for other in place.beside():
        start = None if other == name or "unlab" not in other.lower() else place.table(other)
        if start is None or text.name not in start.columns:
            continue
        labels = [one for one in columns_of(start) if one.name == settings["label"]]
        count = labels[0].counts.total() if labels else 0
        if count:
            finding.unsure.append(
                f"{other} is called unlabelled, but {count:,} of its rows have a "
                f"{settings['label']!r}: not used (`unlabelled`)"
            )
        else:
            settings["unlabelled"] = place.written(other)
            finding.taken.append(f"{other}: texts without labels")
            return
