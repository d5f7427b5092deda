"""From a path to one data set: each pipeline's recogniser is asked."""

from collections.abc import Callable
from pathlib import Path

from practical_dl.job.errors import UserError, counted, named
from practical_dl.recognition.finding import (
    Answer,
    Finding,
    Refusal,
    first_finding,
    shortened,
)
from practical_dl.recognition.picture_folders import find_picture_folders, find_statefarm
from practical_dl.recognition.picture_tables import find_picture_tables
from practical_dl.recognition.place import Place
from practical_dl.recognition.ratings import find_ratings
from practical_dl.recognition.texts import find_texts

PIPELINES = ("images", "movies", "reviews")
_WHAT = {"images": "pictures", "movies": "ratings", "reviews": "texts"}


def recognise(path: Path, pipeline: str | None = None, label: str | None = None) -> Finding:
    """The data set that lies at `path`.

    Args:
        pipeline: the one to look for; None asks all of `PIPELINES`.
        label: the column of the classes, or of folders in folders `first` or `last`.

    Raises:
        UserError: the path cannot be read, nothing fits, or several pipelines do.
    """
    place = Place(path, label)
    answers = {name: _ask(name, place) for name in PIPELINES if pipeline in (None, name)}
    found = [answer for answer in answers.values() if isinstance(answer, Finding)]
    if len(found) == 1:
        _tell_unused(place, found[0])
        return found[0]
    if found:
        shown = "; ".join(f"{one.what} (--as {one.pipeline})" for one in found)
        raise UserError(f"{path}: can be {len(found)} things: {shown}; choose one")
    reasons = [answer.reason for answer in answers.values() if isinstance(answer, Refusal)]
    if reasons:
        told = "; ".join(dict.fromkeys(reasons))
        raise UserError(f"{path}: {told.removeprefix(f'{place.main}: ')}")
    raise UserError(_nothing(place, pipeline))


def _ask(pipeline: str, place: Place) -> Answer:
    recognisers: dict[str, tuple[Callable[[Place], Answer], ...]] = {
        "images": (find_statefarm, find_picture_tables, find_picture_folders),
        "movies": (find_ratings,),
        "reviews": (find_texts,),
    }
    return first_finding(find(place) for find in recognisers[pipeline])


def _tell_unused(place: Place, finding: Finding) -> None:
    """Tell which tables and archives at the place play no part."""
    if finding.pipeline == "images" and "statefarm" not in finding.source:
        finding.unsure += [f"passed over: {fault}" for fault in place.tree.damaged]
    ((_, settings),) = finding.source.items()
    values = [*settings.values(), *settings.get("items", {}).values()]
    if "table" in finding.source and not place.main:
        unused = [name for name in place.tables if place.written(name) not in values]
        if unused:
            finding.unsure.append(f"not used: {named(unused)}; name a table to take it")


def _nothing(place: Place, pipeline: str | None) -> str:
    what = _WHAT[pipeline] if pipeline else "pictures, ratings or texts"
    for name in place.tables:
        start = place.table(name)
        if start is None and place.main:
            return place.faults[name]
        if start is not None:
            shown = named(repr(shortened(name)) for name in start.columns)
            seen = f"{counted(len(start.columns), 'column')}: {shown}"
            return (
                f"{place.path}: no {what} with classes were found in {name} ({seen}); give "
                "pictures and their label, user, item and rating, or text and label"
            )
    if place.faults:
        return next(iter(place.faults.values()))
    if place.packed_tables:
        return (
            f"{place.path}: an archive that holds {named(place.packed_tables)}: a table is read "
            "only where it is unpacked; unpack it and give the folder"
        )
    return (
        f"{place.path}: no {what} were found; it holds {place.tree.told()}; give pictures in a "
        "folder for each class, or a table"
    )
