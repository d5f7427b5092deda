"""A rung of the ladder of scores: a model and its control, as the files that both predicted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Rung:
    """A model and its control, each the path of predictions.csv, or of runs.csv with a setting.

    original: accuracy and log loss of the original on its own drivers, where it gives them.
    """

    title: str
    path: str
    setting: str | None = None
    control: str | None = None
    control_path: str | None = None
    control_setting: str | None = None
    original: tuple[float, float] | None = None


def files_read(rungs: Sequence[Rung]) -> list[str]:
    """All files that rungs read, each once."""
    paths = [path for rung in rungs for path in (rung.path, rung.control_path)]
    return list(dict.fromkeys(path for path in paths if path is not None))


def as_lists(rungs: Sequence[Rung]) -> list[list[object]]:
    """Rungs as a rule's parameter, which holds no objects."""
    return [list(vars(rung).values()) for rung in rungs]


def located(rungs: Sequence[Rung], files: Sequence[str]) -> list[Rung]:
    """The same rungs with their files where they lie: `files` in the order of `files_read`."""
    where: dict[str | None, str] = dict(zip(files_read(rungs), files, strict=True))
    return [
        replace(rung, path=where[rung.path], control_path=where.get(rung.control_path))
        for rung in rungs
    ]
