"""Word vectors: GloVe's text format in its three wrappings, and the matrix made of them."""

import lzma
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.job.errors import UserError
from practical_dl.reviews.vectors.glove import (
    GloveReport,
    WordVectors,
    embedding_matrix,
    read_glove,
    vectors_of_glove,
)

THREE_WORDS = b"the 0.5 -1.25\n, 1e-05 2\nfilm -0.75 0\n"


def write(folder: Path, content: bytes) -> Path:
    path = folder / "vectors.txt"
    path.write_bytes(content)
    return path


def write_zip(folder: Path, **members: bytes) -> Path:
    path = folder / "glove.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(f"glove.6B.{name}.txt", content)
    return path


def failure(path: Path, width: int | None = 2, words: tuple[str, ...] = ("the", "film")) -> str:
    with pytest.raises(UserError) as raised:
        read_glove(path, words, width)
    return str(raised.value)


@pytest.mark.parametrize("width", [2, None])
def test_wanted_words_in_the_order_of_the_file(tmp_path: Path, width: int | None) -> None:
    found, report = read_glove(write(tmp_path, THREE_WORDS), {"film", "the", "absent"}, width)
    assert found.words == ("the", "film")
    assert found.vectors.dtype == np.float32
    np.testing.assert_array_equal(found.vectors, [[0.5, -1.25], [-0.75, 0.0]])
    assert report == GloveReport(lines=3, found=2, repeated=0, not_utf8=0)


def test_no_wanted_word_keeps_the_width(tmp_path: Path) -> None:
    found, report = read_glove(write(tmp_path, THREE_WORDS), ["absent"])
    assert found.vectors.shape == (0, 2)
    assert report.found == 0


def test_xz_is_told_by_its_content(tmp_path: Path) -> None:
    path = write(tmp_path, lzma.compress(THREE_WORDS))
    assert read_glove(path, [","])[0].vectors.tolist() == [[np.float32(1e-05), 2.0]]


def test_the_member_of_a_zip_is_chosen_by_width(tmp_path: Path) -> None:
    path = write_zip(tmp_path, **{"2d": THREE_WORDS, "12d": b"the" + b" 7" * 12 + b"\n"})
    assert read_glove(path, ["the"], 2)[0].vectors.tolist() == [[0.5, -1.25]]
    assert read_glove(path, ["the"], 12)[0].vectors.tolist() == [[7.0] * 12]
    names = "glove.6B.2d.txt, glove.6B.12d.txt"
    assert (
        f"expected one file of 50-d vectors, found 0; give the width of one that it has ({names})"
        in failure(path, 50)
    )
    assert "expected one file of vectors (NAME.50d.txt), found 2" in failure(path, None)


def test_the_only_member_of_a_zip_needs_no_width(tmp_path: Path) -> None:
    path = write_zip(tmp_path, **{"2d": THREE_WORDS})
    with zipfile.ZipFile(path, "a") as zipped:
        zipped.writestr("__MACOSX/._glove.6B.2d.txt", b"\0")
        zipped.writestr("README.txt", b"about")
    assert read_glove(path, ["film"])[0].vectors.tolist() == [[-0.75, 0.0]]


def test_byte_order_mark_crlf_trailing_blanks_and_no_final_line_end(tmp_path: Path) -> None:
    path = write(tmp_path, b"\xef\xbb\xbfthe 1 2 \r\nfilm 3 4")
    found, report = read_glove(path, ["the", "film"], 2)
    assert found.words == ("the", "film")
    assert found.vectors.tolist() == [[1.0, 2.0], [3.0, 4.0]]
    assert report.lines == 2


def test_words_that_contain_blanks_or_look_like_separators(tmp_path: Path) -> None:
    content = ". . . 1 2\nat name@domain.com 3 4\n\u00a0 5 6\na\u2028b 7 8\n0.5 9 10\n".encode()
    words = (". . .", "at name@domain.com", "\u00a0", "a\u2028b", "0.5")
    found, _ = read_glove(write(tmp_path, content), words, 2)
    assert found.words == words
    np.testing.assert_array_equal(found.vectors, np.arange(1, 11).reshape(5, 2))


def test_repeated_wanted_words_count_and_the_first_wins(tmp_path: Path) -> None:
    path = write(tmp_path, b"the 1 2\nother 0 0\nthe 3 4\nother 0 0\nthe 5 6\n")
    found, report = read_glove(path, ["the"], 2)
    assert found.vectors.tolist() == [[1.0, 2.0]]
    assert report == GloveReport(lines=5, found=1, repeated=2, not_utf8=0)


def test_a_word_that_is_not_utf8_is_passed_over_and_counted(tmp_path: Path) -> None:
    found, report = read_glove(write(tmp_path, b"caf\xe9 1 2\nthe 3 4\n"), ["the", "caf\ufffd"], 2)
    assert found.words == ("the",)
    assert report == GloveReport(lines=2, found=1, repeated=0, not_utf8=1)


@pytest.mark.parametrize("width", [2, None])
@pytest.mark.parametrize(
    "line",
    [b"film 1", b"film", b"", b"film 1 2 3", b" 1 2", b"film  1 2", b"film 1  2"],
)
def test_a_line_of_another_width(tmp_path: Path, line: bytes, width: int | None) -> None:
    message = failure(write(tmp_path, b"the 1 2\n" + line + b"\nof 1 2\n"), width, ("the",))
    assert "line 2 is not a word and 2 numbers" in message


@pytest.mark.parametrize("value", [b"nan", b"-inf", b"1e39", b"1.2.3", b"x"])
def test_a_value_that_is_not_a_finite_number(tmp_path: Path, value: bytes) -> None:
    path = write(tmp_path, b"the 1 2\nfilm 3 " + value + b"\n")
    assert failure(path) == (f"{path}: line 2: value 2 is not a finite number; get the file again")


@pytest.mark.parametrize("content", [b"", b"the\n", b"\xef\xbb\xbf", lzma.compress(b"")])
@pytest.mark.parametrize("width", [2, None])
def test_a_file_without_vectors(tmp_path: Path, content: bytes, width: int | None) -> None:
    message = failure(write(tmp_path, content), width)
    assert "does not begin with a word and its numbers" in message


def test_a_value_too_few_after_a_word_with_a_blank_is_no_number(tmp_path: Path) -> None:
    message = failure(write(tmp_path, b"the 1 2\nfilm name 1\n"))
    assert "line 2: value 1 is not a finite number" in message


def test_a_first_line_of_an_unwanted_word_is_checked_too(tmp_path: Path) -> None:
    message = failure(write(tmp_path, b"\xff\xfe \x80 \x81\nfilm 1 2\n"))
    assert "line 1: value 1 is not a finite number" in message


def test_an_absent_file(tmp_path: Path) -> None:
    assert "no such file" in failure(tmp_path / "absent.txt")


def test_a_bomb_is_refused_at_its_first_long_line(tmp_path: Path) -> None:
    path = write(tmp_path, lzma.compress(b"9" * 20_000_000, preset=0))
    assert "line 1 is longer than 65,536 bytes" in failure(path)


def test_a_binary_file(tmp_path: Path) -> None:
    assert "line 2 holds a NUL byte" in failure(write(tmp_path, b"the 1 2\nfilm\0 1 2\n"))


def test_a_damaged_archive(tmp_path: Path) -> None:
    content = b"".join(b"word%d %d %d\n" % (i, i * i, i**3) for i in range(2000))
    packed = lzma.compress(content)
    assert "damaged" in failure(write(tmp_path, packed[:-40]))
    zip_path = write_zip(tmp_path, **{"2d": content})
    data = bytearray(zip_path.read_bytes())
    data[len(data) // 2] ^= 255
    zip_path.write_bytes(data)
    assert "damaged" in failure(zip_path)
    zip_path.write_bytes(data[:200])
    assert "damaged" in failure(zip_path)


def test_an_encrypted_member(tmp_path: Path) -> None:
    path = write_zip(tmp_path, **{"2d": THREE_WORDS})
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    assert "encrypted" in failure(path)


@pytest.mark.parametrize("packed_as", ["xz", "zip"])
@given(data=st.data())
def test_any_damage_to_an_archive_is_told_in_one_line(
    tmp_path_factory: pytest.TempPathFactory, packed_as: str, data: st.DataObject
) -> None:
    folder = tmp_path_factory.getbasetemp()
    path = (
        write(folder, lzma.compress(THREE_WORDS))
        if packed_as == "xz"
        else write_zip(folder, **{"2d": THREE_WORDS})
    )
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content[: data.draw(st.integers(place + 1, len(content)))])
    reason = ""
    try:
        vectors = read_glove(path, ["the", "film"], 2)[0].vectors.tolist()
    except UserError as error:
        reason = str(error)
    assert reason.startswith(str(path)) or vectors == [[0.5, -1.25], [-0.75, 0.0]]


WORDS = st.text(
    st.characters(exclude_characters="\0 \r\n\ufeff", exclude_categories=["Cs"]), min_size=1
)
FLOATS = st.floats(width=32, allow_nan=False, allow_infinity=False)


@given(vectors=st.dictionaries(WORDS, st.lists(FLOATS, min_size=3, max_size=3), min_size=1))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, vectors: dict[str, list[float]]
) -> None:
    lines = [f"{word} {' '.join(map(repr, numbers))}\n" for word, numbers in vectors.items()]
    path = write(tmp_path_factory.getbasetemp(), "".join(lines).encode())
    found, _ = read_glove(path, vectors, 3)
    assert dict(zip(found.words, found.vectors.tolist(), strict=True)) == vectors


FOUND = WordVectors(("the", "film"), np.array([[3, -6], [0.75, 0]], np.float32))


def test_embedding_matrix_places_known_words_and_padding() -> None:
    matrix, unknown = embedding_matrix(["film", "xyzzy", "the"], FOUND, seed=1)
    assert matrix.dtype == np.float32
    assert unknown == 1
    np.testing.assert_array_equal(matrix[[0, 1, 3]], [[0, 0], [0.25, 0], [1, -2]])
    assert (matrix[2] != 0).all()


def test_unknown_words_are_normal_with_a_third_of_the_standard_deviation() -> None:
    matrix, unknown = embedding_matrix([""] * 20_000, FOUND, seed=2, sd=0.6)
    assert unknown == 20_000
    assert matrix[1:].mean() == pytest.approx(0.0, abs=0.005)
    assert matrix[1:].std() == pytest.approx(0.2, rel=0.02)
    within_one_sd = (np.abs(matrix[1:]) < 0.2).mean()
    assert within_one_sd == pytest.approx(0.6827, abs=0.01)
    undivided, _ = embedding_matrix([""] * 20_000, FOUND, seed=2, sd=1.2, divisor=1.0)
    np.testing.assert_allclose(undivided, matrix * 6, rtol=1e-6)


def test_random_rows_depend_on_the_seed_and_the_place_only() -> None:
    matrix, _ = embedding_matrix(["a", "b", "c"], FOUND, seed=3)
    same, _ = embedding_matrix(["the", "other", "c", "d"], FOUND, seed=3)
    np.testing.assert_array_equal(same[2:4], matrix[2:])
    another, _ = embedding_matrix(["a", "b", "c"], FOUND, seed=4)
    assert (another[1:] != matrix[1:]).all()


def test_nothing_found_leaves_all_words_unknown() -> None:
    nothing = WordVectors((), np.empty((0, 5), np.float32))
    matrix, unknown = embedding_matrix(["a", "b"], nothing, seed=5)
    assert matrix.shape == (3, 5)
    assert unknown == 2


def test_the_report_counts_words_without_a_vector(tmp_path: Path) -> None:
    path = write(tmp_path, THREE_WORDS)
    vectors, report = vectors_of_glove(path, ["film", "xyzzy", ""], 2, 1)
    assert vectors.shape == (4, 2)
    np.testing.assert_array_equal(vectors[1], [-0.25, 0])
    assert report == {"lines": 3, "found": 1, "repeated": 0, "not_utf8": 0, "unknown": 2}


def test_first_50000_words_of_glove_6b(real_data: Path) -> None:
    path = real_data / "glove" / "glove.6B.50d.top50000.txt.xz"
    found, report = read_glove(path, ["nanda", "the", "of", "xyzzyq"], 50)
    assert report == GloveReport(lines=50_000, found=3, repeated=0, not_utf8=0)
    assert found.words == ("the", "of", "nanda")
    np.testing.assert_array_equal(
        found.vectors[0, :3], np.array([0.418, 0.24968, -0.41242], np.float32)
    )
    np.testing.assert_array_equal(found.vectors[2, :2], np.array([0.69149, -0.41556], np.float32))
