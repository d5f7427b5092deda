"""Bad sources of pictures and reviews: each is refused in words that name what to mend."""

import gzip
import io
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from practical_dl.images.pictures.decoding import decode
from practical_dl.images.pictures.sources import folder, statefarm
from practical_dl.reviews.corpus.sources import read_reviews
from tests.faults.conftest import Tally
from tests.faults.refusals import check, refusal, written


def picture(mode: str, size: tuple[int, int], **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size).save(buffer, options.pop("format", "PNG"), **options)
    return buffer.getvalue()


PICTURES = {
    "a text with a picture's name": (b"hello, I am no picture", "not an image"),
    "empty": (b"", "not an image"),
    "cut": (picture("RGB", (64, 64), format="JPEG")[:300], "damaged image"),
    "larger than a hundred megapixels": (picture("1", (20_000, 20_000)), "megapixels"),
    "a format that is not read": (picture("RGB", (8, 8), format="ICNS"), "not an image"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures(name: str, tally: Tally) -> None:
    """The readers of files put the path before what this says."""
    content, words = PICTURES[name]
    with pytest.raises(ValueError, match=words):
        decode(content, (8, 8))
    tally("bad inputs told in one line", 1)


ODD_PICTURES = {
    "one pixel": picture("RGB", (1, 1)),
    "grey": picture("L", (9, 7)),
    "16 bits": picture("I;16", (9, 7)),
    "palette": picture("P", (9, 7)),
    "transparent": picture("RGBA", (9, 7)),
    "CMYK": picture("CMYK", (9, 7), format="JPEG"),
    "moving": picture(
        "RGB", (9, 7), format="GIF", save_all=True, append_images=[Image.new("RGB", (9, 7), "red")]
    ),
}


@pytest.mark.parametrize("name", ODD_PICTURES)
def test_odd_pictures_are_read(name: str) -> None:
    pixels = decode(ODD_PICTURES[name], (6, 8))
    assert pixels.shape == (6, 8, 3)
    assert pixels.dtype == np.uint8


def photos(root: Path) -> Path:
    for label in ("c0", "c1"):
        for number in range(2):
            written(root / f"train/{label}/{label}{number}.png", ODD_PICTURES["grey"])
    written(root / "test/t.png", ODD_PICTURES["grey"])
    names = [f"p{n},{c},{c}{n}.png" for c in ("c0", "c1") for n in range(2)]
    written(root / "driver_imgs_list.csv", "\n".join(["subject,classname,img", *names, ""]))
    return root


def no_train(root: Path) -> None:
    (root / "train").rename(root / "trian")


def one_class(root: Path) -> None:
    for path in (root / "train/c1").iterdir():
        path.unlink()
    (root / "train/c1").rmdir()


def stray_driver(root: Path) -> None:
    path = root / "driver_imgs_list.csv"
    path.write_text(path.read_text() + "p9,c0,gone.png\n")


def unlisted(root: Path) -> None:
    written(root / "train/c0/new.png", ODD_PICTURES["grey"])


def two_drivers(root: Path) -> None:
    path = root / "driver_imgs_list.csv"
    path.write_text(path.read_text() + "p9,c0,c00.png\n")


def wrong_class(root: Path) -> None:
    path = root / "driver_imgs_list.csv"
    path.write_text(path.read_text().replace("p0,c0,", "p0,c1,"))


def empty_list(root: Path) -> None:
    (root / "driver_imgs_list.csv").write_text("subject,classname,img\n")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (no_train, "holds neither imgs/train nor train"),
        (one_class, "one class only"),
        (stray_driver, "gone.png"),
        (unlisted, "new.png"),
        (two_drivers, "twice"),
        (wrong_class, "c1"),
        (empty_list, "not one driver"),
    ],
)
def test_driver_photos(
    tmp_path: Path, spoil: Callable[[Path], None], words: str, tally: Tally
) -> None:
    root = photos(tmp_path)
    assert len(statefarm(root, root / "driver_imgs_list.csv")) == 5
    spoil(root)
    check(refusal(lambda: statefarm(root, root / "driver_imgs_list.csv")), words, tally)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [("(", "not a regular expression"), ("c0", "lacks the named group"), ("(?P<label>x)", "c00")],
)
def test_label_patterns(tmp_path: Path, pattern: str, words: str, tally: Tally) -> None:
    root = photos(tmp_path)
    check(refusal(lambda: folder(root, "train", None, pattern, None)), words, tally)


def review_archive(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


REVIEWS = {
    f"aclImdb/{part}/{label}/{number}_{stars}.txt": b"a film"
    for part in ("train", "test")
    for label, stars in (("neg", 1), ("pos", 9))
    for number in (0,)
} | {
    f"aclImdb/{part}/urls_{label}.txt": b"http://www.imdb.com/title/tt0000001/usercomments\n"
    for part in ("train", "test")
    for label in ("neg", "pos")
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"aclImdb/train/pos/0_9.txt": b"\xff"}, "not UTF-8"),
        ({"aclImdb/train/pos/0_9.txt": b"  "}, "empty review"),
        ({"aclImdb/train/pos/nine.txt": b"x"}, "ID_STARS"),
        ({"aclImdb/train/urls_pos.txt": b"nothing\n"}, "no film's address"),
        ({"aclImdb/train/urls_pos.txt": b""}, "urls_pos"),
        ({"aclImdb/test/pos/0_9.txt": None, "aclImdb/test/urls_pos.txt": None}, "test/pos"),
    ],
)
def test_reviews(tmp_path: Path, change: dict[str, bytes | None], words: str, tally: Tally) -> None:
    members = {name: text for name, text in (REVIEWS | change).items() if text is not None}
    path = review_archive(tmp_path / "aclImdb.tar", members)
    check(refusal(lambda: read_reviews(path)), words, tally)


def test_an_archive_cut_short(tmp_path: Path, tally: Tally) -> None:
    whole = review_archive(tmp_path / "aclImdb.tar", REVIEWS).read_bytes()
    path = written(tmp_path / "cut.tar.gz", gzip.compress(whole)[:200])
    check(refusal(lambda: read_reviews(path)), "cut.tar.gz", tally)
