"""Any artefact in words: the module of its kind, its size, where it comes from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from practical_dl.inspection.documents import (
    tell_benchmark,
    tell_json,
    tell_page,
    tell_picture,
    tell_text,
    tell_workbook,
    tell_yaml,
)
from practical_dl.inspection.models import tell_graph, tell_graph_weights, tell_keras
from practical_dl.inspection.origin import Origin, changed_inputs, find_origin, origin_facts
from practical_dl.inspection.stores import store_size, tell_hdf5
from practical_dl.inspection.tables import tell_csv
from practical_dl.inspection.telling import Telling
from practical_dl.job.errors import UserError

TELLERS: dict[str, Callable[[Path], Telling]] = {
    ".csv": tell_csv,
    ".h5": tell_hdf5,
    ".keras": tell_keras,
    ".pb": tell_graph,
    ".xml": tell_graph,
    ".bin": tell_graph_weights,
    ".json": tell_json,
    ".yaml": tell_yaml,
    ".html": tell_page,
    ".png": tell_picture,
    ".jpg": tell_picture,
    ".xlsx": tell_workbook,
    ".tsv": tell_benchmark,
    ".log": tell_text,
    ".txt": tell_text,
    ".md": tell_text,
}


@dataclass(frozen=True)
class Inspection:
    """What is said about one file, and the job that made it if that is known."""

    path: Path
    told: Telling
    origin: Origin | None

    @property
    def damaged(self) -> bool:
        return bool(self.told.wrong)


def inspect_file(path: Path) -> Inspection:
    """Tell what the file at `path` is; whatever is wrong with it is told, not raised.

    Raises:
        UserError: there is no such file.
    """
    if not path.is_file():
        raise UserError(f"{path}: no such file")
    origin = find_origin(path)
    told = _tell(path)
    told.facts = told.facts | {"size": store_size(path)} | origin_facts(origin) | told.facts
    late = changed_inputs(origin) if origin else []
    if late:
        told.notes.append(f"{late[0]} was written after it was made from it")
    return Inspection(path, told, origin)


def _tell(path: Path) -> Telling:
    if path.stat().st_size == 0:
        return Telling("empty file", wrong=["it is empty; delete it and make it again"])
    teller = TELLERS.get(path.suffix)
    if teller is None:
        return Telling("file of another kind")
    try:
        return teller(path)
    except UserError as error:
        return Telling(f"damaged {path.suffix[1:]} file", wrong=[str(error)])
    except Exception as error:  # a file may be damaged in ways that no reader foresees
        reason = f"{type(error).__name__}: {' '.join(str(error).split())}"
        return Telling(f"damaged {path.suffix[1:]} file", wrong=[f"{path}: {reason}"])


def inspect_folder(folder: Path) -> Iterator[Inspection]:
    """Every artefact below `folder`, sorted; logs and benchmark files are left out."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not {"logs", "benchmarks"} & set(parts[:-1]):
            yield inspect_file(path)
