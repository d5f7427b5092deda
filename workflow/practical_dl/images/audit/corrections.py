"""The way back: what a person has decided about pictures, and the list that they decide on.

A table with the columns image_id, action (keep, relabel or drop) and label (read with relabel
only). Nothing is deleted from a source: what is dropped is not listed in the manifest.
"""

from pathlib import Path

import pandas as pd

from practical_dl.job.errors import UserError, counted, named
from practical_dl.tables.mistakes import Mistakes, RowsError
from practical_dl.tables.reading import open_table, read_whole
from practical_dl.tables.table import Options

KEEP, RELABEL, DROP = "keep", "relabel", "drop"
ACTIONS = (KEEP, RELABEL, DROP)
COLUMNS = ["image_id", "action", "label", "why"]
READ = {"image_id": "image_id", "action": "action", "label": "label"}
REASON = "dropped by corrections"


def proposed_corrections(
    suspects: pd.DataFrame, outliers: pd.DataFrame, copies: pd.DataFrame
) -> pd.DataFrame:
    """A row for each picture that something is wrong with, all to be kept: COLUMNS.

    The label of a suspect is the predicted one: to take it, change `keep` to `relabel`.
    """
    torn = copies[copies["across"].str.contains("classes")]
    parts = [
        _kept(suspects["image_id"], suspects["predicted"], "label suspect"),
        _kept(outliers["image_id"], "", outliers["cause"]),
        *(_kept(torn[side], "", "copy under another class") for side in ("image_id", "other")),
    ]
    rows = pd.concat(parts, ignore_index=True)
    together = rows.groupby("image_id", sort=True).agg(
        label=("label", "max"), why=("why", lambda causes: "; ".join(dict.fromkeys(causes)))
    )
    return together.reset_index().assign(action=KEEP)[COLUMNS]


def read_corrections(path: Path) -> pd.DataFrame:
    """A person's decisions: image_id, action, label.

    Raises:
        UserError: the table is unreadable, has an unknown action, a relabel without label, or two
            decisions on one picture; all mistakes at once.
    """
    mistakes = Mistakes(path)
    table = read_whole(open_table(path, Options(), list(READ)), READ, mistakes)
    if mistakes.found:
        raise RowsError(path, mistakes.found, "mend them")
    table = table.assign(**{name: table[name].str.strip() for name in READ})
    faults = {
        f"action must be one of {', '.join(ACTIONS)}": ~table["action"].isin(ACTIONS),
        "relabel without a label": (table["action"] == RELABEL) & (table["label"] == ""),
        "stands twice": table["image_id"].duplicated(keep=False),
    }
    found = [
        f"{fault}: {named(dict.fromkeys(table['image_id'][at]))}"
        for fault, at in faults.items()
        if at.any()
    ]
    if found:
        raise UserError(f"{path}: {'; '.join(found)}")
    return table


def corrected(
    listed: pd.DataFrame, corrections: pd.DataFrame, path: Path
) -> tuple[pd.DataFrame, pd.DataFrame, list[str]]:
    """The listed pictures as a person wants them.

    Args:
        listed: image_id, path, split and label of the pictures of a source.
        corrections: see `read_corrections`; `path` is where they were read.

    Returns:
        The pictures that stay; those that are dropped: image_id, path, reason; and what was
        changed, for a person.

    Raises:
        UserError: a picture to be changed is not there or of the test part, or a class is left
            with fewer than two pictures, or is new with fewer than two.
    """
    changes = corrections[corrections["action"] != KEEP].set_index("image_id")
    _require_labelled(listed, list(changes.index), path)
    dropped = listed["image_id"].isin(changes.index[changes["action"] == DROP])
    new = listed["image_id"].map(changes.loc[changes["action"] == RELABEL, "label"])
    is_changed = new.notna() & (new != listed["label"])
    stay = listed.assign(label=listed["label"].mask(is_changed, new))[~dropped]
    _require_two(listed, stay, path)
    gone = listed[dropped][["image_id", "path"]].assign(reason=REASON)
    told = [
        f"{path}: {counted(int(is_changed.sum()), 'picture')} relabelled and "
        f"{counted(len(gone), 'picture')} dropped, of {counted(len(corrections), 'decision')}"
    ]
    return stay.reset_index(drop=True), gone.reset_index(drop=True), told


def _require_labelled(listed: pd.DataFrame, wanted: list[str], path: Path) -> None:
    split = listed.set_index("image_id")["split"]
    absent = [name for name in wanted if name not in split.index]
    tests = [name for name in wanted if name in split.index and split[name] != "train"]
    faults = []
    if absent:
        faults.append(f"not in the data set: {named(absent)}")
    if tests:
        faults.append(f"of the test part, which has no labels: {named(tests)}")
    if faults:
        raise UserError(f"{path}: {'; '.join(faults)}; take these rows out, or write keep")


def _require_two(before: pd.DataFrame, after: pd.DataFrame, path: Path) -> None:
    names = sorted(set(before["label"]) | set(after["label"]) - {""})
    left = after["label"].value_counts().reindex(names, fill_value=0)
    poor = [f"{name} ({count})" for name, count in left.items() if name != "" and 0 < count < 2]
    if poor or (after["label"] != "").sum() == 0 or left.drop("", errors="ignore").gt(0).sum() < 2:
        raise UserError(
            f"{path}: leaves too few pictures of a class: {named(poor) or 'one class only'}; two "
            "classes of two pictures are the least"
        )


def _kept(ids: "pd.Series[str]", labels: "pd.Series[str] | str", why: object) -> pd.DataFrame:
    return pd.DataFrame({"image_id": ids, "label": labels, "why": why}, dtype=str)
