"""Where a drawn split leaves a class out: the nearest one that has every class where it is needed.

Whether whole groups can be split so is a question of whole numbers, which scipy's `milp` (HiGHS)
answers exactly: it finds a split if there is one, and says if there is none.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.errors import UserError, named

Sides = NDArray[np.int64]

GAP = 0.01
"""Share of the rows by which the split may be off the nearest one: a proof takes much longer."""
NODES = 1000
"""Steps of the search after which it is given up; most data sets need one."""


def lacks_a_class(sides: Sides, labels: Iterable[Any], alone: Sequence[int]) -> bool:
    """Whether one of the sides `alone` has all rows of a class, so that the others lack it."""
    ends = pd.Series(sides).groupby(_codes(labels)).agg(["min", "max"])
    return bool(((ends["min"] == ends["max"]) & ends["min"].isin(alone)).any())


def mended_sides(
    sides: Sides, groups: Iterable[Any], labels: Iterable[Any], count: int, alone: Sequence[int]
) -> Sides:
    """Move whole groups, as few rows as possible, until no side of `alone` has all of a class.

    Args:
        sides: the side of each row, (n,), 0 to `count` - 1, whole groups.
        groups, labels: the group and the class of each row, (n,).
        count: number of sides; none is left empty.
        alone: the sides that must not have all rows of a class.

    Raises:
        UserError: there is no such split; says which classes are in the way.
    """
    codes, classes = _codes(groups), _codes(labels)
    moved = _solved(sides, codes, classes, count, alone)
    if moved is None:
        raise UserError(_impossible(groups, labels, count))
    return moved[codes]


def _codes(names: Iterable[Any]) -> Sides:
    return pd.factorize(np.array(list(names), object))[0].astype(np.int64)


def _solved(
    sides: Sides, codes: Sides, classes: Sides, count: int, alone: Sequence[int]
) -> Sides | None:
    """The side of each group, or None; `codes` and `classes` are those of the rows."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, identity, kron

    number, kinds = int(codes.max()) + 1, int(classes.max()) + 1
    sizes = np.bincount(codes, minlength=number).astype(float)
    of_group = np.zeros(number, np.int64)
    of_group[codes] = sides
    pairs = np.unique(np.column_stack([classes, codes]), axis=0)
    holds = csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(kinds, number))
    stay = np.zeros((number, count))
    stay[np.arange(number), of_group] = -sizes
    each = identity(count, format="csr")
    limited = csr_array(each)[np.asarray(alone)]
    most = np.repeat(holds.sum(axis=1) - 1, len(alone))
    rules = [
        LinearConstraint(kron(identity(number), np.ones((1, count))), 1, 1),
        LinearConstraint(kron(np.ones((1, number)), each), 1, np.inf),
        LinearConstraint(kron(holds, limited), 0, most),
    ]
    found = milp(
        stay.ravel(),
        constraints=rules,
        integrality=np.ones(number * count),
        bounds=Bounds(0, 1),
        options={"node_limit": NODES, "mip_rel_gap": GAP},
    )
    return None if found.x is None else found.x.reshape(number, count).argmax(axis=1)


def _impossible(groups: Iterable[Any], labels: Iterable[Any], count: int) -> str:
    """Why whole groups cannot be split so."""
    of_class = (
        pd.DataFrame({"label": list(labels), "group": list(groups)})
        .drop_duplicates()
        .groupby("label")
    )
    single = of_class["group"].agg(["size", "first"]).query("size == 1")["first"]
    if len(single):
        torn = named(f"{label} (group {group})" for label, group in single.items())
        return (
            "all pictures of a class are in one group, which cannot both train and validate: "
            f"{torn}; add pictures of another group, take the class out, or mend the groups"
        )
    return (
        f"no way was found to put {len(set(groups))} groups on {count} sides with every one of "
        f"{of_class.ngroups} classes on two of them: too many groups are the only other one of a "
        "class; add pictures of other groups, or take classes out"
    )


def apportion(sizes: NDArray[np.integer[Any]], total: int) -> NDArray[np.integer[Any]]:
    """Share `total` in proportion to `sizes` (classes,), by the largest remainders.

    Hamilton's method; equal remainders go to the earlier class. `total` is at most their sum.
    """
    shares = sizes * total
    parts = shares // sizes.sum()
    remainders = shares % sizes.sum()
    parts[np.argsort(-remainders, kind="stable")[: total - parts.sum()]] += 1
    return parts


def apportion_to_all(
    sizes: NDArray[np.integer[Any]], total: int, left: int
) -> NDArray[np.integer[Any]]:
    """The same with one or more of every class in the part, and `left` or more outside it.

    `total` is from the number of classes to what that leaves; each size is above `left`.
    """
    parts = np.clip(apportion(sizes, total), 1, sizes - left)
    excess = int(parts.sum()) - total
    if excess > 0:
        return parts - apportion(parts - 1, excess)
    if excess < 0:
        return parts + apportion(sizes - left - parts, -excess)
    return parts
