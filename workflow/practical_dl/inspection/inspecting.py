"""Any artefact in words: its description, its size and its origin."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from practical_dl.inspection.description import Description
from practical_dl.inspection.documents import (
    describe_benchmark,
    describe_json,
    describe_page,
    describe_picture,
    describe_text,
    describe_workbook,
    describe_yaml,
)
from practical_dl.inspection.models import (
    describe_graph,
    describe_graph_weights,
    describe_keras,
    describe_onnx,
)
from practical_dl.inspection.origin import (
    Origin,
    changed_inputs,
    find_origin,
    is_changed,
    origin_facts,
    was_touched,
)
from practical_dl.inspection.stores import describe_hdf5, store_size
from practical_dl.inspection.tables import describe_csv
from practical_dl.job.errors import UserError

DESCRIBERS: dict[str, Callable[[Path], Description]] = {
    ".csv": describe_csv,
    ".h5": describe_hdf5,
    ".keras": describe_keras,
    ".pb": describe_graph,
    ".xml": describe_graph,
    ".onnx": describe_onnx,
    ".bin": describe_graph_weights,
    ".json": describe_json,
    ".yaml": describe_yaml,
    ".html": describe_page,
    ".png": describe_picture,
    ".jpg": describe_picture,
    ".xlsx": describe_workbook,
    ".tsv": describe_benchmark,
    ".log": describe_text,
    ".txt": describe_text,
    ".md": describe_text,
}


@dataclass(frozen=True)
class Inspection:
    """The description of one file, and the job that made it if that is known."""

    path: Path
    described: Description
    origin: Origin | None

    @property
    def damaged(self) -> bool:
        return bool(self.described.wrong)


def inspect_file(path: Path) -> Inspection:
    """Describe the file at `path`; whatever is wrong with it is described too, not raised.

    Raises:
        UserError: there is no such file.
    """
    if not path.is_file():
        raise UserError(f"{path}: no such file")
    origin = find_origin(path)
    described = _describe(path)
    described.facts = (
        described.facts | {"size": store_size(path)} | origin_facts(origin) | described.facts
    )
    if origin is not None and is_changed(path, origin):
        described.wrong.append(
            "it is not what its job wrote, so it was changed since; delete it and make it again"
        )
    if origin is not None and was_touched(origin):
        described.notes.append(
            "taken as made by --touch: the settings are those of its job, other ones were not used"
        )
    late = changed_inputs(origin) if origin else []
    if late:
        described.notes.append(f"made from {late[0]}, which was written again since")
    return Inspection(path, described, origin)


def _describe(path: Path) -> Description:
    if path.stat().st_size == 0:
        return Description("empty file", wrong=["it is empty; delete it and make it again"])
    describe = DESCRIBERS.get(path.suffix)
    if describe is None:
        return Description("file of another kind")
    try:
        return describe(path)
    except UserError as error:
        return Description(f"damaged {path.suffix[1:]} file", wrong=[str(error)])
    except Exception as error:  # a file may be damaged in ways that no reader foresees
        reason = f"{type(error).__name__}: {' '.join(str(error).split())}"
        return Description(f"damaged {path.suffix[1:]} file", wrong=[f"{path}: {reason}"])


def inspect_folder(folder: Path) -> Iterator[Inspection]:
    """Every artefact below `folder`, sorted; logs and benchmark files are left out."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not {"logs", "benchmarks"} & set(parts[:-1]):
            yield inspect_file(path)
