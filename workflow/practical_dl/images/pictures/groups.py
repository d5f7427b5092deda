"""The group (subject, patient, boat ...) of each picture, from a table of somebody's own."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from practical_dl.images.pictures.names import NUMBER, SCHEMES, clean_text, found_in
from practical_dl.job.errors import UserError, counted, named
from practical_dl.tables.mistakes import Mistakes, RowsError
from practical_dl.tables.reading import open_table, read_whole
from practical_dl.tables.table import Options
from practical_dl.tables.values import is_unknown

COLUMNS = {"image_id": "image_id", "group": "group"}


def groups_of_table(images: pd.DataFrame, path: Path) -> tuple["pd.Series[str]", list[str]]:
    """The group of each of `images` by the columns image_id and group of a table.

    Other columns, and rows of pictures that are not there, count for nothing. Pictures are known
    to the table by their image_id or path, by the first of `names.SCHEMES` by which all labelled
    ones are found. A picture of unknown group (empty, nan, unknown ...) is a group of its own.

    Args:
        images: image_id, path and split.

    Returns:
        The groups, '' for test pictures that the table does not have; and what was taken how, for
        a person.

    Raises:
        UserError: the table is unreadable, lacks labelled pictures, gives one of them several
            groups, or knows the group of none.
    """
    listed = _read(path)
    values = _known(listed["group"])
    labelled = images[images["split"] == "train"]
    column, scheme, rows = _matched(labelled, listed["image_id"], values, path)
    found = pd.Series([values.iloc[of[0]] for of in rows], index=labelled.index, dtype=str)
    if not (found != "").any():
        raise UserError(f"{path}: knows the group of no labelled picture; mend it, or leave it out")
    taken = set(map(SCHEMES[scheme], labelled[column]))
    test = images[(images["split"] == "test") & ~images[column].map(SCHEMES[scheme]).isin(taken)]
    of_test = found_in(list(test[column]), list(listed["image_id"]), scheme)
    tested = pd.Series([values.iloc[of[0]] if of else "" for of in of_test], test.index, str)
    groups = pd.concat([_with_own(found, labelled["image_id"]), tested]).reindex(
        images.index, fill_value=""
    )
    used = {row for of in [*rows, *of_test] for row in of}
    notes = [
        *_scheme_note(column, scheme),
        *_notes_on_values(listed["group"].iloc[sorted(used)], values.iloc[sorted(used)]),
        *_unknown_note(listed["group"].iloc[[of[0] for of in rows]], found),
        *_absent_note(listed["image_id"], used),
    ]
    return groups, [f"{path}: {note}" for note in notes]


def groups_of_column(
    written: "pd.Series[str]", images: "pd.Series[str]", where: str
) -> tuple["pd.Series[str]", list[str]]:
    """The group of each image from a column of its own table; see `groups_of_table`.

    Raises:
        UserError: not one group is known.
    """
    values = _known(written)
    if not (values != "").any():
        raise UserError(f"{where}: knows the group of no picture; mend it, or leave `group` out")
    notes = [*_notes_on_values(written, values), *_unknown_note(written, values)]
    return _with_own(values, images), [f"{where}: {note}" for note in notes]


def _read(path: Path) -> pd.DataFrame:
    mistakes = Mistakes(path)
    listed = read_whole(open_table(path, Options(), list(COLUMNS)), COLUMNS, mistakes)
    if mistakes.found:
        raise RowsError(path, mistakes.found, "mend them")
    return listed


def _matched(
    labelled: pd.DataFrame, listed: "pd.Series[str]", values: "pd.Series[str]", path: Path
) -> tuple[str, str, list[list[int]]]:
    """Column and scheme by which the labelled images are found, and the rows of each."""
    ids, best, most = list(listed), None, 0
    for scheme, key in SCHEMES.items():
        for column in ("image_id", "path"):
            names = list(labelled[column])
            if len(set(map(key, names))) < len(names):
                continue
            rows = found_in(names, ids, scheme)
            found = sum(map(bool, rows))
            if found > most:
                best, most = (column, scheme, rows), found
    if best is None:
        raise UserError(
            f"{path}: none of its pictures (such as {ids[0]}) is among the labelled ones (such as "
            f"{labelled['image_id'].iloc[0]})"
        )
    _require_one_group_each(path, list(labelled["image_id"]), best[2], values)
    return best


def _require_one_group_each(
    path: Path, image_ids: Sequence[str], rows: Sequence[Sequence[int]], values: "pd.Series[str]"
) -> None:
    pairs = list(zip(image_ids, rows, strict=True))
    missing = [name for name, of in pairs if not of]
    groups = {name: sorted(set(values.iloc[list(of)])) for name, of in pairs if len(of) > 1}
    torn = [f"{name} ({' and '.join(map(repr, of))})" for name, of in groups.items() if len(of) > 1]
    faults = []
    if missing:
        faults.append(f"{len(missing):,} of {len(pairs):,} labelled pictures are not in it: ")
        faults[-1] += f"{named(missing)}; add them"
    if torn:
        faults.append(f"gives several groups to {counted(len(torn), 'picture')}: {named(torn)}")
    if faults:
        raise UserError(f"{path}: {'; '.join(faults)}")


def _known(written: "pd.Series[str]") -> "pd.Series[str]":
    """Names of groups without blanks around them, '' for an unknown one."""
    values = written.map({value: clean_text(value) for value in set(written)}).astype(str)
    return values.mask(is_unknown(values), "")


def _with_own(groups: "pd.Series[str]", images: "pd.Series[str]") -> "pd.Series[str]":
    """The groups, with images of an unknown one as groups of their own."""
    known = set(groups)
    own = [f"unknown: {name}" if name in known else name for name in images]
    return groups.where(groups != "", pd.Series(own, images.index, dtype=str))


def _scheme_note(column: str, scheme: str) -> list[str]:
    if (column, scheme) == ("image_id", "name"):
        return []
    return [f"its pictures are found by {'path' if scheme == 'name' else scheme}"]


def _notes_on_values(written: "pd.Series[str]", taken: "pd.Series[str]") -> list[str]:
    """Groups that are written in several ways, and those that might be the same."""
    known = taken != ""
    ways = written[known].groupby(taken[known]).unique()
    merged = [" and ".join(map(repr, of)) for of in ways if len(of) > 1]
    near: dict[str, list[str]] = {}
    for name in sorted(set(taken[known])):
        number = NUMBER.fullmatch(name)
        near.setdefault(number[1] if number else name.casefold(), []).append(name)
    alike = [" and ".join(map(repr, of)) for of in near.values() if len(of) > 1]
    notes = []
    if merged:
        notes.append(
            "names that differ by blanks or Unicode form only are taken as one group: "
            f"{named(merged)}"
        )
    if alike:
        notes.append(
            f"groups that differ by case or zeros only are taken as different: {named(alike)}; "
            "write them alike if they are one"
        )
    return notes


def _unknown_note(written: "pd.Series[str]", found: "pd.Series[str]") -> list[str]:
    unknown = (found == "").to_numpy()
    if not unknown.any():
        return []
    marks = named(repr(mark) for mark in sorted(set(written[unknown])))
    return [
        f"{counted(int(unknown.sum()), 'labelled picture')} of unknown group ({marks}): each is "
        "taken as a group of its own; give a real group of this name another one"
    ]


def _absent_note(listed: "pd.Series[str]", used: Iterable[int]) -> list[str]:
    absent = listed.drop(listed.index[list(used)])
    if absent.empty:
        return []
    return [
        f"{counted(len(absent), 'row')} of pictures that are not there, such as {absent.iloc[0]}"
    ]
