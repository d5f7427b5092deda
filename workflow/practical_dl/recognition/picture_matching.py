"""Which column of a table names pictures that are there, and below which folder."""

import posixpath
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from practical_dl.images.pictures.names import SCHEMES
from practical_dl.recognition.columns import Column
from practical_dl.recognition.place import Place


def match_pictures(place: Place, columns: Sequence[Column]) -> tuple[Column, str, int] | None:
    """The column of names of pictures, the folder they lie in, and how many are found there."""
    for key in SCHEMES.values():
        there = _places(place.tree.pictures(), key, {key(v) for one in columns for v in one.counts})
        best = max(columns, key=lambda one: sum(key(value) in there for value in one.counts))
        paths = [there[key(value)] for value in best.counts if key(value) in there]
        if len(paths) > 0.5 * len(best.counts):
            root = _common_folder(list(best.counts), paths)
            return best, root, len(paths)
    found = {column.name: _relative(place, column) for column in columns if "/" in column.values[0]}
    by_count = {name: one for name, one in found.items() if one is not None}
    for column in columns:
        if column.name in by_count:
            return (column, *by_count[column.name])
    return None


def _places(
    pictures: Iterable[str], key: Callable[[str], str], wanted: set[str]
) -> dict[str, list[str]]:
    there: dict[str, list[str]] = {}
    for path in pictures:
        name = key(path)
        if name in wanted:
            there.setdefault(name, []).append(path)
    return there


def _relative(place: Place, column: Column) -> tuple[str, int] | None:
    """For names with folders (cat/1.jpg): the folder that they start from, and how many fit."""
    ends = {value.replace("\\", "/").removeprefix("./") for value in column.counts}
    roots: Counter[str] = Counter()
    for path in place.tree.pictures():
        parts = path.split("/")
        for cut in range(1, len(parts)):
            if "/".join(parts[cut:]) in ends:
                roots["/".join(parts[:cut])] += 1
    if not roots:
        return None
    root, count = max(roots.items(), key=lambda item: (item[1], "test" not in item[0]))
    return (root, count) if count > 0.5 * len(ends) else None


def _common_folder(names: Sequence[str], paths: Sequence[Sequence[str]]) -> str:
    """The folder of the pictures: where a name fits several, train goes before test."""
    if any("/" in name for name in names[:20]):
        deepest = posixpath.commonpath([posixpath.dirname(one[0]) or "." for one in paths])
        first = names[0].replace("\\", "/").removeprefix("./")
        path = next((p for one in paths for p in one if p.endswith(first)), None)
        return path[: -len(first)].rstrip("/") if path else deepest.removeprefix(".")
    folders = Counter(posixpath.dirname(path) for one in paths for path in set(one))
    order = sorted(
        folders,
        key=lambda path: (
            -folders[path],
            "test" in path.lower(),
            "train" not in path.lower(),
            path,
        ),
    )
    best = order[0]
    if folders[best] >= 0.95 * len(paths):
        return best
    single = [posixpath.dirname(one[0]) for one in paths if len(one) == 1] or order
    common = posixpath.commonpath([f"/{path}" for path in set(single)])
    return common.lstrip("/")


def on_disk(place: Place, root: str) -> str:
    """A folder of the tree, or the archive that holds it."""
    return place.tree.packed.get(root.split("/", 1)[0], root)
