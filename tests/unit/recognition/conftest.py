"""Made-up copies of the layouts that people's data come in, as trees of tiny files."""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from practical_dl.recognition.finding import Finding
from practical_dl.recognition.recognising import recognise
from practical_dl.recognition.writing import config_of, write_config

Lay = Callable[[Iterable[str]], None]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is also the data root."""
    monkeypatch.delenv("PRACTICAL_DL_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lay(names: Iterable[str]) -> None:
    """Files of one byte, with their folders, below the current folder."""
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def numbered(pattern: str, count: int) -> list[str]:
    """Names with the numbers from 0: `train/cat/{}.jpg`."""
    return [pattern.format(number) for number in range(count)]


def write(name: str, header: str, rows: Iterable[str]) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in [header, *rows]), encoding="utf-8")


def write_json(name: str, content: object) -> None:
    Path(name).write_text(json.dumps(content), encoding="utf-8")


def found(path: str, pipeline: str | None = None) -> Finding:
    return recognise(Path(path), pipeline)


def settings_of(finding: Finding) -> tuple[str, Mapping[str, Any]]:
    ((kind, settings),) = finding.source.items()
    return kind, settings


def config(path: str, name: str = "mine", pipeline: str | None = None) -> dict[str, Any]:
    """The configuration that would be printed, as YAML reads it; at most eight lines."""
    text = write_config(config_of(found(path, pipeline), name)[0])
    assert text.count("\n") <= 8
    read: dict[str, Any] = yaml.safe_load(text)
    return read
