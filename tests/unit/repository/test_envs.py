import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[3]


def locked_versions() -> dict[str, set[str]]:
    pins = re.findall(r"^([a-z0-9_.-]+)==([^ ]+)", (ROOT / "requirements.lock").read_text(), re.M)
    versions: dict[str, set[str]] = {}
    for name, version in pins:
        versions.setdefault(name, set()).add(version)
    return versions


@pytest.mark.parametrize("path", sorted((ROOT / "envs").glob("*.yaml")), ids=lambda path: path.stem)
def test_environments_pin_the_versions_of_the_lock(path: Path) -> None:
    locked = locked_versions()
    (packages,) = (
        entry["pip"]
        for entry in yaml.safe_load(path.read_text())["dependencies"]
        if isinstance(entry, dict)
    )
    assert packages
    for package in packages:
        name, version = package.split("==")
        assert version in locked[name], f"{name}: {version}, locked {locked[name]}"
