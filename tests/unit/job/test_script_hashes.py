import json
from pathlib import Path

import pytest

from practical_dl.job import code_hash
from practical_dl.job.script_hashes import script_hashes


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    package, scripts = tmp_path / "code/practical_dl", tmp_path / "code/scripts"
    package.mkdir(parents=True)
    (scripts / "small").mkdir(parents=True)
    (package / "one.py").write_text("X = 1\n")
    (scripts / "small/draw.py").write_text("from practical_dl.one import X\n")
    monkeypatch.setattr(code_hash, "PACKAGE", package)
    code_hash.code_hash.cache_clear()
    return scripts


def test_they_are_those_of_each_script(scripts: Path, tmp_path: Path) -> None:
    hashes = script_hashes(tmp_path / "kept/hashes.json", scripts)
    assert hashes == {"small/draw.py": code_hash.code_hash(scripts / "small/draw.py")}


def test_unchanged_code_is_not_hashed_again(scripts: Path, tmp_path: Path) -> None:
    kept = tmp_path / "hashes.json"
    script_hashes(kept, scripts)
    kept.write_text(json.dumps({**json.loads(kept.read_text()), "hashes": {"kept": "indeed"}}))
    assert script_hashes(kept, scripts) == {"kept": "indeed"}


@pytest.mark.parametrize("file", ["practical_dl/one.py", "practical_dl/new.py", "scripts/b.py"])
def test_any_change_of_code_has_them_taken_anew(scripts: Path, tmp_path: Path, file: str) -> None:
    kept = tmp_path / "hashes.json"
    before = script_hashes(kept, scripts)
    (scripts.parent / file).write_text("X = 2\n")
    code_hash.code_hash.cache_clear()
    after = script_hashes(kept, scripts)
    same = after["small/draw.py"] == before["small/draw.py"]
    assert same == (file != "practical_dl/one.py")
    assert ("b.py" in after) == (file == "scripts/b.py")
    assert json.loads(kept.read_text())["hashes"] == after


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '"text"', "\0", '{"code": 1}'])
def test_a_damaged_file_is_replaced(scripts: Path, tmp_path: Path, content: str) -> None:
    kept = tmp_path / "hashes.json"
    whole = script_hashes(kept, scripts)
    kept.write_text(content)
    assert script_hashes(kept, scripts) == whole
    assert json.loads(kept.read_text())["hashes"] == whole


def test_where_nothing_can_be_kept_they_are_taken(scripts: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "small/draw.py" in script_hashes(tmp_path / "file/hashes.json", scripts)


def test_hashes_of_code_that_was_edited_meanwhile_are_not_kept(
    scripts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hash_and_edit(file: Path) -> str:
        file.write_text("X = 3\n")
        return "hash"

    monkeypatch.setattr("practical_dl.job.script_hashes.code_hash", hash_and_edit)
    assert script_hashes(tmp_path / "hashes.json", scripts) == {"small/draw.py": "hash"}
    assert not (tmp_path / "hashes.json").exists()
