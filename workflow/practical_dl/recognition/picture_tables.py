"""Pictures whose classes stand in a table: Kaggle's competitions, Hugging Face's imagefolder."""

import posixpath
from collections.abc import Sequence
from typing import Any

from practical_dl.job.errors import UserError, counted, named
from practical_dl.recognition.column_names import column_for, is_called
from practical_dl.recognition.columns import (
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
    several_labels,
)
from practical_dl.recognition.finding import (
    Answer,
    Finding,
    Refusal,
    classes_told,
    drop_rows,
    first_finding,
)
from practical_dl.recognition.picture_folders import NO_GROUPS, spare
from practical_dl.recognition.picture_matching import match_pictures, on_disk
from practical_dl.recognition.place import Place, is_sample
from practical_dl.recognition.submissions import add_submission
from practical_dl.recognition.tree import is_picture, is_table, joined
from practical_dl.tables.starts import Start

METADATA = ("metadata.csv", "metadata.jsonl", "metadata.parquet")
LARGEST_NAMES = 1_000_000
"""Bytes of a JSON file up to which it may name labels."""


def find_picture_tables(place: Place) -> Answer:
    """The first table that names pictures which are there, with a class for each."""
    return first_finding(_find(place, *table) for table in place.open_tables(_candidates(place)))


def _candidates(place: Place) -> list[str]:
    """The tables at the place, and Hugging Face's metadata beside pictures, train first."""
    if place.main:
        return place.tables
    if place.is_packed or not place.tree.count():
        return []
    deeper = [
        joined(folder, name)
        for folder in sorted(place.tree.folders)
        for name in METADATA
        if folder and name in place.tree.folders[folder].others
    ]
    return [*place.tables, *sorted(deeper, key=lambda path: ("train" not in path, path))]


def _find(place: Place, name: str, start: Start) -> Answer:
    columns = columns_of(start)
    folder = posixpath.dirname(name)
    likely = [column for column in columns if _may_be_picture(column)]
    distinct = [one for one in columns if not one.is_text and one.share_distinct > 0.5]
    if not likely and not (distinct and place.tree.count()):
        return None
    named_so = [column for column in likely if _names_pictures(column)]
    if named_so and all(value.startswith(("http://", "https://")) for value in named_so[0].values):
        return Refusal(f"{name}: {named_so[0].name!r} holds addresses; download the pictures first")
    matched = (match_pictures(place, likely) if likely else None) or (
        match_pictures(place, distinct) if distinct else None
    )
    if matched is None:
        if not named_so:
            return None
        return Refusal(
            f"{name}: {named_so[0].name!r} names pictures (such as {named_so[0].values[0]}), but "
            f"none of them lies below {place.root}; put them there"
        )
    image, root, found = matched
    label = _label(columns, image, place.label)
    if isinstance(label, str):
        return Refusal(f"{name}: {label}")
    settings: dict[str, Any] = {
        "path": place.written(name),
        "pictures": place.written(on_disk(place, root)),
        "image": image.name,
        "label": label.name,
    }
    finding = Finding("images", f"pictures of {name}", {"table": settings})
    finding.taken.append(
        f"{name}: {start.note}; {image.name!r} names pictures in {root or '.'}/ "
        f"({found:,} of {len(image.counts):,} found)"
    )
    if image not in likely:
        finding.unsure.append(f"{image.name!r} is taken as the pictures by what it holds: `image`")
    torn = sum(len(of) > 1 for of in partners(start, image.name, label.name).values())
    if torn:
        finding.unsure.append(
            f"{counted(torn, 'picture')} with several classes in {label.name!r}: the job names the "
            "rows, and with on_bad_rows: drop uses none of them"
        )
    if found < len(image.counts):
        drop_rows(len(image.counts) - found, "a picture that is there", finding, settings)
    if not is_called("label", label.name) and place.label is None:
        possible = possible_labels([one for one in columns if one is not image and one.values])
        finding.unsure.append(others_told(label, possible))
    _add_group(start, columns, (image, label), finding, settings)
    split = _add_split(start, columns, (image, label), finding, settings)
    _add_test(place, folder, image, root, split, finding, settings)
    refusal = _add_classes(place, folder, start, label, finding, settings)
    if refusal is not None:
        return refusal
    samples = [one for one in place.names(folder) if is_sample(one)]
    if samples and "test" in settings:
        sample = joined(folder, samples[0])
        add_submission(place, sample, finding, settings)
        if "sample_submission" in settings:
            settings["sample_submission"] = place.written(sample)
    if start.sheet:
        settings["format"] = {"sheet": start.sheet}
    return finding


def _may_be_picture(column: Column) -> bool:
    if not column.values or column.is_text:
        return False
    return _names_pictures(column) or (
        column.share_distinct > 0.5 and is_called("picture", column.name)
    )


def _names_pictures(column: Column) -> bool:
    some = list(column.counts)[:200]
    return sum(map(is_picture, some)) > 0.5 * len(some)


def _label(columns: Sequence[Column], image: Column, wanted: str | None) -> Column | str:
    """The column of classes, or why there is none."""
    others = [column for column in columns if column is not image and column.values]
    name = column_for("label", [column.name for column in others])
    if wanted is None and name is not None:
        label = next(column for column in others if column.name == name)
        if mark := several_labels(label):
            return (
                f"{name!r} holds several labels a picture ({label.values[0]!r}, parted by "
                f"{mark!r}), which is not supported; one class a picture is"
            )
        return label_fault(label) or label
    flags = [column.name for column in others if column.is_flag]
    if wanted is None and len(flags) > 1:
        return (
            f"the columns {named(map(repr, flags))} hold 0 and 1: one column a class (or several "
            "labels a picture) is not supported; make one column of the class's name"
        )
    possible = possible_labels(others)
    numbers = [column for column in others if column.numbers is not None]
    if wanted is None and not possible and numbers and (fault := label_fault(numbers[0])):
        return fault
    return label_of(others, possible, wanted)


def _add_group(
    start: Start,
    columns: Sequence[Column],
    used: Sequence[Column],
    finding: Finding,
    settings: dict[str, Any],
) -> None:
    free = [column for column in columns if column not in used and column.values]
    name = column_for("group", [one.name for one in free if _repeats(one)])
    if name is not None:
        if fault := group_fault(start, name, used[-1].name):
            finding.unsure.append(fault)
            return
        group = next(column for column in free if column.name == name)
        settings["group"] = name
        finding.taken.append(f"{name!r}: the group ({len(group.counts):,} of them)")
        if not is_called("group", name):
            finding.unsure.append(f"{name!r} looks like a group; taken (`group`)")
        return
    ids = [one.name for one in free if one.name.lower().endswith("id") and _repeats(one)]
    if ids:
        finding.unsure.append(
            f"{ids[0]!r} repeats: if pictures of one value belong together, set group: {ids[0]}; "
            "without it scores will be called 'not grouped'"
        )
    else:
        finding.unsure.append(NO_GROUPS.format("its column as `group`"))


def _repeats(column: Column) -> bool:
    return 2 < len(column.counts) < 0.95 * len(column.values)


def _add_split(
    start: Start,
    columns: Sequence[Column],
    used: Sequence[Column],
    finding: Finding,
    settings: dict[str, Any],
) -> Column | None:
    taken = {column.name for column in used} | {settings.get("group")}
    free = [column for column in columns if column.name not in taken and column.is_split]
    words = [column for column in free if not column.are_folds]
    by_name = [column for column in free if is_called("split", column.name)]
    split = next(iter([*by_name, *words]), None)
    if split is None:
        return None
    settings["split"] = split.name
    torn = _torn_groups(start, settings.get("group"), split.name)
    if torn:
        if split.has_test:
            finding.sections["split"] = {"given": "ignore"}
        else:
            del settings["split"]
        finding.unsure.append(
            f"{split.name!r} looks like a ready-made split ({folds_told(split)}), but "
            f"{counted(torn, 'group')} of {settings['group']!r} stand on several sides: another "
            "is made by whole groups"
        )
        return split
    finding.unsure.append(
        f"{split.name!r} looks like a ready-made split ({folds_told(split)}); taken "
        "(split: {given: ignore} makes another)"
    )
    return split


def _torn_groups(start: Start, group: str | None, split: str) -> int:
    """The number of groups that stand on several sides of a split."""
    if group is None:
        return 0
    return sum(len(sides) > 1 for sides in partners(start, group, split).values())


def _add_classes(
    place: Place,
    folder: str,
    start: Start,
    label: Column,
    finding: Finding,
    settings: dict[str, Any],
) -> Refusal | None:
    found = _label_names(place, folder, label)
    if found is not None:
        settings["labels"] = place.written(joined(folder, found[0]))
    names = found[1] if found else {}
    told = classes_told(label.counts, names)
    where = f" ({rows_told(start)})"
    finding.taken.append(f"{label.name!r}: the class{where}; {told}")
    if label.unknown and settings.get("test") != "rows":
        drop_rows(label.unknown, f"a class in {label.name!r}", finding, settings)
    single = sorted(value for value, count in label.counts.items() if count < 2)
    if single and start.whole:
        return Refusal(f"classes with a single picture: {named(single)}; two are needed")
    if label.numbers is not None and len(label.counts) > 2 and not names:
        finding.unsure.append(f"the numbers in {label.name!r} are taken as names of classes")
    if start.whole:
        spare(finding, label.counts.total())
    finding.classes = sorted(names.get(value, value) for value in label.counts)
    return None


def _label_names(place: Place, folder: str, label: Column) -> tuple[str, dict[str, str]] | None:
    """A JSON file that names each label, and these names."""
    from practical_dl.images.pictures.own_table import read_label_names

    for name in place.names(folder):
        path = place.root / folder / name
        if name.lower().endswith(".json") and path.stat().st_size <= LARGEST_NAMES:
            try:
                names = read_label_names(path)
            except UserError:
                continue
            if set(label.counts) <= set(names):
                return name, names
    return None


def _add_test(
    place: Place,
    folder: str,
    image: Column,
    root: str,
    split: Column | None,
    finding: Finding,
    settings: dict[str, Any],
) -> None:
    """The test pictures: a folder or archive of them, a second table, or rows of the split."""
    if split is not None and split.has_test:
        settings["test"] = "rows"
        finding.taken.append(f"the rows that {split.name!r} calls test are to be predicted")
        return
    tree, above = place.tree, posixpath.dirname(root)
    folders = [joined(above, name) for name in tree.children(above)] + tree.children()
    tests = [one for one in folders if "test" in one.lower() and one != root]
    if tests and place.written(on_disk(place, tests[0])) == settings["pictures"]:
        finding.unsure.append(
            f"{tests[0]}/ lies in the same archive as the labelled pictures: unpack it to predict "
            "its pictures (`test`)"
        )
        return
    if tests:
        settings["test"] = place.written(on_disk(place, tests[0]))
        finding.taken.append(f"{tests[0]}/: {counted(tree.count(tests[0]), 'test picture')}")
        return
    for name in place.names(folder):
        path = joined(folder, name)
        if is_table(name) and "test" in name.lower() and not is_sample(name):
            other = place.table(path)
            if other is not None and image.name in other.columns:
                settings["test"] = place.written(path)
                finding.taken.append(f"{name}: the pictures to predict")
                return
