"""Pictures whose class is a folder's or a file's name: the layouts that people have."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from practical_dl.job.errors import UserError, counted, named
from practical_dl.recognition.finding import Answer, Finding, Refusal, classes_told
from practical_dl.recognition.place import Place, is_sample
from practical_dl.recognition.submissions import add_submission
from practical_dl.recognition.tree import Tree, is_below, joined
from practical_dl.tables.words import SIDES, sides_in

if TYPE_CHECKING:
    from practical_dl.images.pictures.layouts import LabelFrom

PATTERNS = (
    r"^(?P<label>.*?[^\W\d_].*?)[ ._-]*[(]?\d+[)]?[.]",
    r"^\d+[ ._-]+(?P<label>[^\d.]+?)[.][^.]+$",
)
"""The class before a number (cat.0.jpg, american_bulldog_203.jpg, cat (1).jpg), and behind one."""

_GIVEN = """img image dsc dscn dscf dcim pxl photo picture pic bild foto frame screenshot scan
    gopr vid mvi p sam imgp file untitled train test valid sample whatsapp"""
_CAMERAS = frozenset(_GIVEN.split())
"""What cameras and programs call pictures, before the number: no classes."""

DRIVERS = "driver_imgs_list.csv"


def find_picture_folders(place: Place) -> Answer:
    """A data set of pictures in folders; a refusal where a class cannot be told."""
    if place.main is not None:
        return None
    tree = place.tree
    if not tree.count():
        return None
    if place.is_packed and place.packed_tables:
        return Refusal(
            f"{named(place.packed_tables)} inside the archive beside pictures: a table is read "
            "only where it is unpacked; unpack the archive and give its folder"
        )
    if tree.count() == 1:
        return Refusal("one picture only; a set of pictures of two classes or more is needed")
    train, test = _sides(tree)
    stray = [top for top in tree.children(train) if _side(top) == "test"]
    if stray and test is None:
        return Refusal(
            f"{joined(train, stray[0])}/ beside folders of classes; move these into train/"
        )
    settings: dict[str, Any] = {"path": place.written()}
    if train:
        settings["train_folder"] = train
    finding = Finding("images", "pictures in folders", {"folder": settings})
    if place.label is not None:
        settings["label_from"] = place.label
    refusal = _label(tree, train, test, finding, settings)
    if refusal is not None and (tables := [one for one in place.tables if place.table(one)]):
        refusal = Refusal(f"{refusal.reason}; {named(tables)}: no column names these pictures")
    if refusal is not None:
        return refusal
    above = train.rpartition("/")[0]
    unused = [one for one in tree.children(above) if joined(above, one) not in (train, test)]
    if train and unused:
        told = named(
            f"{one}/ ({counted(tree.count(joined(above, one)), 'picture')})" for one in unused
        )
        finding.unsure.append(
            f"not used: {told}; if these are to be predicted, name the folder as test_folder"
        )
    if test is not None:
        settings["test_folder"] = test
        finding.taken.append(f"{test}/: {counted(tree.count(test), 'test picture')}")
        if tree.children(test):
            finding.unsure.append(
                f"{test}/ has folders of its own, but its pictures count as unlabelled; to "
                "validate on them, rename it to valid"
            )
    samples = [name for name in place.names() if is_sample(name)]
    if samples and test is not None and not place.is_packed:
        add_submission(place, samples[0], finding, settings)
    finding.unsure.append(NO_GROUPS.format("a table image_id,group as `groups`"))
    return finding


NO_GROUPS = (
    "nothing looks like a group: scores will be called 'not grouped'; if several pictures show one "
    "subject, give {}"
)


def find_statefarm(place: Place) -> Answer:
    """State Farm's competition as Kaggle gives it: the list of drivers beside imgs or its zip."""
    if place.is_packed:
        names = {name for folder in place.tree.folders.values() for name in folder.others}
        is_there = DRIVERS in names and bool({"imgs", "train"} & set(place.tree.children()))
    else:
        beside = {one.name for one in place.root.iterdir()}
        stems = {name.split(".", 1)[0] for name in beside}
        named_so = place.main in (None, DRIVERS)
        is_there = named_so and DRIVERS in beside and bool({"imgs", "train"} & stems)
    if not is_there:
        return None
    finding = Finding("images", "State Farm's drivers", {"statefarm": {"path": place.written()}})
    finding.taken.append(f"{DRIVERS}: State Farm's competition; the driver is the group")
    return finding


def _sides(tree: Tree) -> tuple[str, str | None]:
    """The folder of the labelled pictures ('' for the top), and that of the test pictures."""
    base = ""
    while True:
        children = tree.children(base)
        sides = {_side(name): joined(base, name) for name in children}
        loose = base in tree.folders and tree.folders[base].pictures
        if "train" in sides:
            both = "valid" in sides
            return base if both else sides["train"], sides.get("test")
        if len(children) == 1 and not loose:
            base = joined(base, children[0])
            continue
        return base, sides["test"] if "test" in sides and loose and len(children) == 1 else None


def _label(
    tree: Tree, train: str, test: str | None, finding: Finding, settings: dict[str, Any]
) -> Refusal | None:
    """Add the classes to a finding, by folder or by file name."""
    folders = {
        path: len(folder.pictures)
        for path, folder in tree.folders.items()
        if folder.pictures and is_below(path, train) and not (test and is_below(path, test))
    }
    inside = {path: path[len(train) :].lstrip("/") for path in folders}
    tops = {inside[path].split("/", 1)[0] for path in folders}
    sides = set(map(_side, tops))
    if {"train", "valid"} <= sides:
        used = [path for path in folders if _side(inside[path]) in ("train", "valid")]
        folders = {path: folders[path] for path in used}
        inside = {path: inside[path].partition("/")[2] for path in used}
        finding.taken.append(
            f"ready-made split: {', '.join(sorted(top for top in tops if top))}; used as it is "
            "(split: {given: ignore} makes another)"
        )
    loose = sum(count for path, count in folders.items() if not inside[path])
    if loose == sum(folders.values()):
        return _label_by_name(tree, folders, finding, settings)
    if loose:
        return Refusal(
            f"{loose:,} pictures lie in no class folder, {sum(folders.values()) - loose:,} do; "
            "move them, or give a table of their classes"
        )
    counts: Counter[str] = Counter()
    labels = _labels(inside.values(), settings.get("label_from"), finding)
    if isinstance(labels, Refusal):
        return labels
    for path, label in zip(folders, labels, strict=True):
        counts[label] += folders[path]
    return _add_classes(counts, finding, "the folder's name")


def _side(path: str) -> str:
    """Which side of a split the first folder of a path is; '' for none."""
    return SIDES.get(path.split("/", 1)[0].lower(), "")


def _labels(
    inside: Iterable[str], label_from: "LabelFrom | None", finding: Finding
) -> list[str] | Refusal:
    """The class of each folder, by the rule of the `folder` source."""
    paths = list(inside)
    if label_from is None and not any("/" in path for path in paths) and len(sides_in(paths)) < 2:
        return paths
    import pandas as pd

    from practical_dl.images.pictures.layouts import labels_by_folder

    below = pd.Series([f"{path}/x" for path in paths], dtype=str)
    try:
        return list(labels_by_folder(Path(), below, label_from, finding.taken.append))
    except UserError as error:
        reason = str(error).removeprefix(".: ")
        return Refusal(f"{reason} (here: --label first or last)")


def _label_by_name(
    tree: Tree, folders: dict[str, int], finding: Finding, settings: dict[str, Any]
) -> Refusal | None:
    names = [name for path in folders for name in tree.folders[path].pictures]
    for pattern in PATTERNS:
        found = [re.search(pattern, name) for name in names]
        labels = [match["label"] for match in found if match]
        counts = Counter(labels)
        cameras = {re.sub(r"[\W\d_]+", "", label).lower() for label in counts} & _CAMERAS
        few = 2 <= len(counts) <= max(len(names) / 5, 2)
        if len(labels) == len(names) and few and not cameras:
            settings["label_pattern"] = pattern
            finding.unsure.append(
                f"the class is taken from the file name ({names[0]} is {labels[0]!r}); "
                "label_pattern says how"
            )
            return _add_classes(counts, finding, "a part of the file name")
    return Refusal(
        f"{counted(len(names), 'picture')} without classes (such as {names[0]}): put each class in "
        "a folder of its own, or give a table of file names and labels"
    )


def _add_classes(counts: Counter[str], finding: Finding, what: str) -> Refusal | None:
    """Tell the classes; refuse what the workflow could not run on."""
    if len(counts) < 2:
        return Refusal(f"one class only ({named(counts)}); two or more are needed")
    single = sorted(name for name, count in counts.items() if count < 2)
    if single:
        return Refusal(
            f"classes with a single picture: {named(single)}; two are needed, one to validate"
        )
    finding.taken.append(f"class: {what}; {classes_told(counts)}")
    spare(finding, counts.total())
    finding.classes = sorted(counts)
    return None


FEW = 500


def spare(finding: Finding, count: int) -> None:
    """Leave out the experiments on a sample where they could not tell anything apart."""
    if count < FEW:
        finding.sections["sample"] = {"experiments": False}
        finding.taken.append(
            f"{count:,} labelled pictures are too few for the experiments on a sample: left out "
            "(sample: {experiments: true} runs them)"
        )
