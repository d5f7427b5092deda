from pathlib import Path

import pytest

from practical_dl.job import code_hash

SCRIPT = '''"""What it does."""
from practical_dl.one import first

first()  # a comment
'''


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package = tmp_path / "practical_dl"
    (package / "sub").mkdir(parents=True)
    (package / "one.py").write_text("def first():\n    from practical_dl.sub import two\n")
    (package / "sub/two.py").write_text("X = 1\n")
    (package / "other.py").write_text("Y = 1\n")
    (tmp_path / "script.py").write_text(SCRIPT)
    monkeypatch.setattr(code_hash, "PACKAGE", package)
    return package


def hash_now(package: Path) -> str:
    code_hash.code_hash.cache_clear()
    return code_hash.code_hash(package.parent / "script.py")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("../script.py", "a comment", "another comment"),
        ("../script.py", "What it does.", "What it does, said otherwise."),
        ("../script.py", "first()  #", "first(\n)  #"),
        ("sub/two.py", "X = 1", "X = (1)"),
        ("other.py", "Y = 1", "Y = 2"),
    ],
)
def test_what_means_the_same_or_is_not_needed_changes_nothing(
    package: Path, file: str, old: str, new: str
) -> None:
    before = hash_now(package)
    path = package / file
    path.write_text(path.read_text().replace(old, new))
    assert new in path.read_text()
    assert hash_now(package) == before


def test_a_module_that_moves_changes_nothing(package: Path) -> None:
    before = hash_now(package)
    (package / "room").mkdir()
    (package / "one.py").rename(package / "room/first.py")
    (package / "sub/two.py").rename(package / "room/second.py")
    path = package / "room/first.py"
    path.write_text("def first():\n    from practical_dl.room import second as two\n")
    script = package.parent / "script.py"
    moved = SCRIPT.replace("from practical_dl.one", "from practical_dl.room.first")
    (package.parent / "room").mkdir()
    script.rename(package.parent / "room/script.py").write_text(moved)
    code_hash.code_hash.cache_clear()
    assert code_hash.code_hash(package.parent / "room/script.py") == before


def test_the_order_of_imports_says_nothing(package: Path) -> None:
    script = package.parent / "script.py"
    lines = ["from practical_dl.other import Y", "import os", "from practical_dl.one import first"]
    script.write_text("\n".join(lines))
    before = hash_now(package)
    script.write_text("\n".join(lines[::-1]))
    assert hash_now(package) == before


def test_a_name_taken_from_another_module_changes_the_hash(package: Path) -> None:
    (package / "other.py").write_text("def first():\n    return 2\n")
    script = package.parent / "script.py"
    script.write_text("from practical_dl import other\nfrom practical_dl.one import first\n")
    before = hash_now(package)
    script.write_text(
        "from practical_dl import one as other\nfrom practical_dl.other import first\n"
    )
    assert hash_now(package) != before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("../script.py", "first()", "first(); first()"),
        ("one.py", "def first():", "def first(x=0):"),
        ("sub/two.py", "X = 1", "X = 2"),
    ],
)
def test_a_changed_meaning_changes_the_hash_through_lazy_imports_too(
    package: Path, file: str, old: str, new: str
) -> None:
    before = hash_now(package)
    path = package / file
    path.write_text(path.read_text().replace(old, new))
    assert hash_now(package) != before
