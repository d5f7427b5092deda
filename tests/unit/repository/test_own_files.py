"""What the documentation tells people to make beside the workflow is not theirs to commit."""

import importlib
import pkgutil
import re
import subprocess
from pathlib import Path

import pytest
from tests.conftest import ROOT

from practical_dl import commands

MADE = re.compile(
    r"(?:--(?:configfile|ratings|file|csv|html|sheet) |cp -r results | > |practical-dl compare )"
    r"(?!results)([\w./-]+\.\w+|[\w-]+(?= results|/results))"
)


def texts() -> list[str]:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / "config/README.md"]
    names = [found.name for found in pkgutil.iter_modules(commands.__path__)]
    modules = [importlib.import_module(f"{commands.__name__}.{name}") for name in names]
    return [*(path.read_text() for path in pages), *(module.EXAMPLES for module in modules)]


def git(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)


def test_what_users_are_told_to_make_is_ignored() -> None:
    if git("rev-parse").returncode:
        pytest.skip("not a clone")
    named = {name for text in texts() for name in MADE.findall(text)}
    assert {"before", "old", "mine.yaml", "pets.yaml", "mine.csv", "changes.html"} <= named
    strange = [
        name
        for name in sorted(named)
        if not (ROOT / name).exists()
        and git(
            "check-ignore", "--quiet", f"{name}/x" if not Path(name).suffix else name
        ).returncode
    ]
    assert not strange


def test_nothing_of_the_workflow_is_ignored() -> None:
    if git("rev-parse").returncode:
        pytest.skip("not a clone")
    assert git("ls-files", "--cached", "--ignored", "--exclude-standard").stdout == ""
