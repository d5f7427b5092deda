"""A token changes when, and only when, what lies at a path has."""

import os
from pathlib import Path

import pytest

from practical_dl.files.artefacts import sha256_of_file
from practical_dl.sources.states import listed_hashes, refresh_state


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "source"
    for name in ("train/cat/1", "train/dog/2", "test/3", "notes", ".hidden/4"):
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
        os.utime(path, (1e9, 1e9))
    return source


def token(path: Path, *parts: str, known: dict[str, str] | None = None) -> str:
    return refresh_state(path, parts or (".",), lambda: known or {}).read_text()


def test_nothing_changed_keeps_the_token_and_the_time_of_its_file(folder: Path) -> None:
    state = refresh_state(folder)
    before = (state.read_text(), state.stat().st_mtime_ns)
    (folder / ".hidden/5").write_text("5")
    (folder / "empty").mkdir()
    assert (refresh_state(folder).read_text(), state.stat().st_mtime_ns) == before


@pytest.mark.parametrize("change", ["add", "delete", "rename", "grow", "swap", "older"])
def test_every_change_gives_another_token(folder: Path, change: str) -> None:
    before, path = token(folder), folder / "train/cat/1"
    match change:
        case "add":
            (folder / "train/cat/9").write_text("")
        case "delete":
            path.unlink()
        case "rename":
            path.rename(path.with_name("5"))
        case "grow":
            path.write_text("more than before")
        case "swap":
            path.write_text("train/cat/9")
        case "older":
            path.write_text("train/cat/9")
            os.utime(path, (1e8, 1e8))
    assert token(folder) != before


def test_another_time_alone_is_no_change_where_the_content_is_known(folder: Path) -> None:
    known = {"train/cat/1": sha256_of_file(folder / "train/cat/1")}
    before = token(folder)
    os.utime(folder / "train/cat/1")
    assert token(folder, known=known) == before
    assert token(folder) == before
    (folder / "train/cat/1").write_text("train/cat/9")
    assert token(folder, known=known) != before


def test_only_the_parts_named_count(folder: Path) -> None:
    before = token(folder, "train", "test", "absent")
    (folder / "notes").write_text("another")
    assert token(folder, "train", "test", "absent") == before
    (folder / "test/9").write_text("9")
    assert token(folder, "train", "test", "absent") != before


def test_a_file_is_known_by_its_content(folder: Path) -> None:
    path = folder / "notes"
    before = token(path)
    os.utime(path)
    assert token(path) == before
    path.write_text("nodes")
    assert token(path) != before
    path.write_text("notes")
    assert token(path) == before


def test_a_link_that_leads_back_up_ends(folder: Path) -> None:
    (folder / "train/up").symlink_to(folder)
    before = token(folder)
    (folder / "train/cat/9").write_text("9")
    assert token(folder) != before


def test_a_damaged_listing_counts_as_a_change_of_nothing_else(folder: Path) -> None:
    before = token(folder)
    listing = refresh_state(folder).with_name("listing.gz")
    listing.write_bytes(listing.read_bytes()[:20])
    assert token(folder) == before


def test_hashes_come_from_a_manifest(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text("image_id,path,sha256\n1,cat/1,abc\n")
    assert listed_hashes(tmp_path / "manifest.csv") == {"cat/1": "abc"}
    assert listed_hashes(tmp_path / "absent.csv") == {}
