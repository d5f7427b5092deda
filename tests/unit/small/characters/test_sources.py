"""Reading the text for the models of characters."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.job.errors import UserError
from practical_dl.small.characters.sources import read_text

TEXTS = st.text(st.sampled_from("aé€😀 \t\n\r\ufeff\u2028\x85"), min_size=1)


def write(folder: Path, content: bytes) -> Path:
    path = folder / "text.txt"
    path.write_bytes(content)
    return path


def test_byte_order_mark_is_dropped_and_line_ends_become_lf(tmp_path: Path) -> None:
    path = write(tmp_path, b"\xef\xbb\xbfone\r\ntwo\rthree\nfour\r\r\n\xc3\xa9")
    assert read_text(path) == "one\ntwo\nthree\nfour\n\né"


def test_only_the_first_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    assert read_text(write(tmp_path, "\ufeff\ufeffa\ufeff".encode())) == "\ufeffa\ufeff"


@given(text=TEXTS.filter(lambda text: text.strip() != ""))
def test_line_ends_are_read_as_python_reads_them(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = write(tmp_path_factory.getbasetemp(), b"\xef\xbb\xbf" + text.encode())
    assert read_text(path) == io.StringIO(text, newline=None).read()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no text"),
        (b"\xef\xbb\xbf", "holds no text"),
        (b" \r\n\t\n", "holds no text"),
        (b"abc\xff", "not UTF-8 at byte 3"),
        (b"\xef\xbb\xbfabc\xff", "not UTF-8 at byte 6"),
        (b"\xc3\xa9\xc3", "not UTF-8 at byte 2"),
        ("é\r\n\0".encode(), "binary (NUL at byte 4)"),
        (b"\xef\xbb\xbfa\r\nb", "3 characters are too few to learn from; give a text of 4 or more"),
    ],
)
def test_a_file_that_is_no_text_to_learn_from(tmp_path: Path, content: bytes, message: str) -> None:
    path = write(tmp_path, content)
    with pytest.raises(UserError) as raised:
        read_text(path, minimum=4)
    assert str(raised.value).startswith(f"{path}: {message}")


def test_a_text_of_just_the_minimum_is_read(tmp_path: Path) -> None:
    assert read_text(write(tmp_path, b"abcd"), minimum=4) == "abcd"


def test_an_absent_file_or_a_folder(tmp_path: Path) -> None:
    for path, message in ((tmp_path / "absent.txt", "no such file"), (tmp_path, "a folder")):
        with pytest.raises(UserError, match=message):
            read_text(path)


def test_nietzsche(real_data: Path) -> None:
    path = real_data / "nietzsche" / "nietzsche.txt"
    text = read_text(path)
    assert path.stat().st_size == 600_901
    assert text.startswith("PREFACE\n\n\nSUPPOSING that Truth is a woman")
    assert len(text) == 600_893
    assert len(set(text.lower())) == 57
