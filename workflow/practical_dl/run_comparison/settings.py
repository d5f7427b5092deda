"""Differences between the configurations of two runs, key by key."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from practical_dl.files.artefacts import read_yaml

RECORDED = "run_config.yaml"
ABSENT = "(not there)"


def read_settings(folder: Path) -> dict[str, Any] | None:
    """The configuration that a results folder records, or None if it records none.

    Raises:
        UserError: it is not readable.
    """
    path = folder / RECORDED
    return read_yaml(path) if path.is_file() else None


def changed_settings(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[list[str]]:
    """Key, old value and new value of every setting that differs, in the order of the keys."""
    before, after = dict(_flat(old)), dict(_flat(new))
    return [
        [key, str(before.get(key, ABSENT)), str(after.get(key, ABSENT))]
        for key in sorted(before.keys() | after.keys())
        if before.get(key, ABSENT) != after.get(key, ABSENT)
    ]


def _flat(settings: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in settings.items():
        if isinstance(value, Mapping) and value:
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value
