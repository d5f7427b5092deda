"""Which files are pictures, and what is left out with and without a word."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from practical_dl.images.pictures import listing
from practical_dl.images.pictures.listing import is_picture, left_out, list_pictures
from practical_dl.job.errors import UserError


def touch(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()


def encoded(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "suffix",
    [
        *(".jpg", ".JPEG", ".jpe", ".jfif", ".png", ".apng", ".bmp", ".webp", ".gif", ".TIF"),
        *(".tiff", ".avif", ".jp2", ".j2k", ".ppm", ".pgm", ".pbm", ".heic", ".HEIF"),
    ],
)
def test_a_suffix_that_people_have_is_a_picture_s(tmp_path: Path, suffix: str) -> None:
    assert is_picture(tmp_path / f"a{suffix}")


@pytest.mark.parametrize("suffix", [".eps", ".pdf", ".wmf", ".h5", ".tga", ".txt", ".zip", ".mp4"])
def test_other_suffixes_are_not_whatever_the_file_holds(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a{suffix}").write_bytes(encoded("PNG"))
    assert not is_picture(tmp_path / f"a{suffix}")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF", "JPEG2000"])
def test_a_file_without_a_suffix_is_told_by_its_first_bytes(tmp_path: Path, kind: str) -> None:
    (tmp_path / "IMG_1").write_bytes(encoded(kind))
    assert is_picture(tmp_path / "IMG_1")


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"BMI of all patients", b"P1 and P2 differ", b"%PDF-1.7", b"%!PS-Ad"]
)
def test_a_text_without_a_suffix_is_no_picture(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "LICENSE").write_bytes(content)
    assert not is_picture(tmp_path / "LICENSE")


def test_what_is_no_image_by_its_name_is_counted(tmp_path: Path) -> None:
    touch(tmp_path, "cat/a.JPG", "cat/b.gif", "cat/c.xcf", "dog/d.XCF", "dog/e", "dog/.f.xcf")
    assert left_out(tmp_path) == "2 .xcf, 1 no suffix"
    assert left_out(tmp_path / "none") == ""


def test_leftovers_are_neither_pictures_nor_counted(tmp_path: Path) -> None:
    touch(tmp_path, "cat/1.jpg", "cat/2.jpg", "cat/Thumbs.db", "cat/.DS_Store", "cat/desktop.ini")
    touch(tmp_path, "cat/@eaDir/1.jpg/SYNOPHOTO_THUMB_M.jpg", "$RECYCLE.BIN/3.jpg")
    touch(tmp_path, "System Volume Information/4.jpg", "__MACOSX/cat/5.jpg", "lost+found/6.jpg")
    touch(tmp_path, "#recycle/7.jpg", ".ipynb_checkpoints/8.jpg", "cat/._9.jpg")
    assert list(list_pictures(tmp_path, tmp_path)["path"]) == ["cat/1.jpg", "cat/2.jpg"]
    assert left_out(tmp_path) == ""


def test_names_with_any_blank_and_emoji_are_listed(tmp_path: Path) -> None:
    names = ["at 10\u202fPM.png", "\U0001f468\u200d\U0001f469.png", "wide\u3000.png"]
    touch(tmp_path, *(f"no\u00a0break/{name}" for name in names))
    assert set(list_pictures(tmp_path, tmp_path)["name"]) == set(names)


def test_a_strange_name_above_the_source_is_nobody_s_business(tmp_path: Path) -> None:
    root = tmp_path / "two\nlines"
    touch(root, "cat/1.png")
    assert list(list_pictures(root, root)["path"]) == ["cat/1.png"]


def test_names_that_no_table_can_hold_are_all_named_with_their_folders(tmp_path: Path) -> None:
    touch(tmp_path, "a/1.jpg", "a/line\nbreak.jpg", "b/3.jpg", "b/tab\t.jpg", "c\r/4.jpg")
    os.close(os.open(bytes(tmp_path) + b"/b/latin\xe4.jpg", os.O_CREAT))
    with pytest.raises(UserError) as caught:
        list_pictures(tmp_path, tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: a name with a line break, a control character or bytes that are not UTF-8 "
        "(4 such): 'line\\nbreak.jpg' in 'a', 'latin\\udce4.jpg' in 'b', 'tab\\t.jpg' in 'b', "
        "'4.jpg' in 'c\\r'; rename it"
    )


def test_heic_without_its_package_is_refused_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path, "cat/1.jpg", "cat/2.HEIC", "dog/3.heif")
    monkeypatch.setattr(listing, "has_heif", lambda: False)
    with pytest.raises(UserError) as caught:
        list_pictures(tmp_path, tmp_path)
    assert str(caught.value) == (
        f"{tmp_path}: holds 2 .heic or .heif files, which need another package: "
        "pip install pillow-heif; or convert them to JPEG, or move them away"
    )
    monkeypatch.setattr(listing, "has_heif", lambda: True)
    assert len(list_pictures(tmp_path, tmp_path)) == 3


def test_a_folder_without_pictures_tells_what_it_holds(tmp_path: Path) -> None:
    touch(tmp_path, "1.tga", "2.tga")
    with pytest.raises(UserError, match=r"holds no image \(\.jpg, .* \.\.\.\), but 2 \.tga$"):
        list_pictures(tmp_path, tmp_path)
