"""What an audit has found, in numbers and in a sentence each."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from practical_dl.images.audit.copies import ACROSS
from practical_dl.job.errors import counted
from practical_dl.report.wording import percent

KEYS = ("pictures", "classes", "copies", "groups", "suspects", "outliers", "corrections")


def summary(
    rows: pd.DataFrame, found: Mapping[str, pd.DataFrame], groups: "pd.Series[str]"
) -> dict[str, Any]:
    """KEYS: counts of what is in the tables of an audit.

    Args:
        rows: split, label and group of every picture.
        found: the tables copies, suspects, outliers and corrections.
        groups: the proposed group of each labelled picture, in the order of `rows`.
    """
    labelled = rows[rows["split"] == "train"]
    sizes = groups.value_counts()
    classes = labelled["label"].value_counts().sort_index()
    causes = found["outliers"]["cause"].value_counts()
    pairs = found["copies"]
    return {
        "pictures": {"labelled": len(labelled), "test": len(rows) - len(labelled)},
        "classes": {str(name): int(number) for name, number in classes.items()},
        "copies": {
            **{kind: int((pairs["kind"] == kind).sum()) for kind in ("exact", "near")},
            **{f"across {name}": int(pairs["across"].str.contains(name).sum()) for name in ACROSS},
        },
        "groups": {
            "known": int(labelled["group"].replace("", pd.NA).nunique()),
            "proposed": int((sizes > 1).sum()),
            "pictures in them": int(sizes[sizes > 1].sum()),
            "largest": int(sizes.max()),
            "joining known groups": _joining(groups, labelled["group"]),
        },
        "suspects": {
            "all": len(found["suspects"]),
            "sure": int((found["suspects"]["sure"] == "yes").sum()),
        },
        "outliers": {str(name): int(number) for name, number in causes.items()},
        "corrections": len(found["corrections"]),
    }


def told(counts: Mapping[str, Any]) -> list[str]:
    """The same as lines for a person."""
    pairs, groups, suspects = counts["copies"], counts["groups"], counts["suspects"]
    crossing = [f"{pairs[f'across {name}']:,} across {name}" for name in ACROSS]
    wrong = suspects["all"] / max(1, counts["pictures"]["labelled"])
    causes = [f"{number:,} {cause}" for cause, number in counts["outliers"].items()]
    lines = [
        f"copies: {pairs['exact']:,} exact and {pairs['near']:,} near pairs; {', '.join(crossing)}",
        f"groups: {counted(groups['proposed'], 'group')} proposed, of "
        f"{counted(groups['pictures in them'], 'picture')}, the largest of {groups['largest']:,}; "
        + (f"{groups['known']:,} are known" if groups["known"] else "none is known"),
        f"labels: {counted(suspects['all'], 'suspect')}, {suspects['sure']:,} of them sure; if all "
        f"labels were right, the models would err on {percent(wrong, 0)}",
        f"outliers: {', '.join(causes) or 'none'}",
    ]
    if groups["joining known groups"]:
        joining = counted(groups["joining known groups"], "proposed group")
        lines.append(f"known groups: {joining} hold pictures of several known ones")
    return lines


def _joining(groups: "pd.Series[str]", known: "pd.Series[str]") -> int:
    both = pd.DataFrame({"proposed": groups.to_numpy(), "known": known.to_numpy()})
    pairs = both[both["known"] != ""].drop_duplicates()
    return int((pairs["proposed"].value_counts() > 1).sum())
