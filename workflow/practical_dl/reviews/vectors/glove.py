"""Word vectors in the text format of GloVe (Pennington, Socher, Manning 2014, EMNLP).

One line per word: the word and its numbers, with a blank between each two. The file may be plain,
compressed with xz, or in a zip like glove.6B.zip, whose members are named after their width
(`glove.6B.50d.txt`). It is streamed, so that memory grows with the wanted words only, whatever
it unpacks to.
"""

import io
import lzma
import math
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import IO, cast

import numpy as np
from numpy.typing import NDArray

from practical_dl.files.artefacts import require_file
from practical_dl.job.errors import UserError

_LONGEST_LINE = 1 << 16
_BUFFER_BYTES = 1 << 20
_MEMBER = re.compile(r"(?:.*/)?[^/.][^/]*\.([0-9]+)d\.txt")
_DAMAGE = (zipfile.BadZipFile, lzma.LZMAError, zlib.error, EOFError)


@dataclass(frozen=True)
class WordVectors:
    """Words, and their vectors (words, width) in the same order."""

    words: tuple[str, ...]
    vectors: NDArray[np.float32]


@dataclass(frozen=True)
class GloveReport:
    """Counts of the lines of a file, and of those that were left out.

    `repeated` counts the lines of wanted words that had a vector already, `not_utf8` the lines
    whose word is not UTF-8.
    """

    lines: int
    found: int
    repeated: int
    not_utf8: int


def read_glove(
    path: Path, words: Collection[str], width: int | None = None
) -> tuple[WordVectors, GloveReport]:
    """Read the vectors of those `words` that the file has, in the order of the file.

    Without `width` the first line gives it. A word may contain blanks, as some of glove.840B do,
    if the part before its numbers is not itself a number; in the first line only where `width`
    is given. Of a word that comes twice the first vector counts; a word that is not UTF-8 is
    passed over. Each line is checked for its width, but the numbers only of the first line and of
    wanted words.

    Raises:
        UserError: the file is absent, empty or damaged; a zip has no member of `width`, or
            several; a line is not a word and `width` numbers, is longer than 65,536 bytes or
            holds a NUL byte; a value that is read is not a finite float32.
    """
    require_file(path)
    wanted = frozenset(words)
    vectors: dict[str, NDArray[np.float32]] = {}
    number = repeated = not_utf8 = 0
    with _open_text(path, width) as stream:
        lines = _read_lines(path, stream)
        first = next(lines, b"")
        width = _check_first(path, first, width)
        for number, line in enumerate(chain([first], lines), start=1):
            raw_word, values = _split(path, number, line, width)
            try:
                word = raw_word.decode()
            except UnicodeDecodeError:
                not_utf8 += 1
                continue
            if word in vectors:
                repeated += 1
            elif word in wanted:
                vectors[word] = _parse_vector(path, number, values)
    stacked = np.array(list(vectors.values()), np.float32).reshape(-1, width)
    report = GloveReport(number, len(vectors), repeated, not_utf8)
    return WordVectors(tuple(vectors), stacked), report


def embedding_matrix(
    words: Sequence[str], found: WordVectors, seed: int, sd: float = 0.6, divisor: float = 3.0
) -> tuple[NDArray[np.float32], int]:
    """Make the weights of an embedding layer as lesson 5 does, and count the unknown words.

    Row 0, for padding, is zero; row i is the vector of `words[i - 1]`, or, for a word without
    one, drawn from a normal distribution of mean 0 and standard deviation `sd`; all are divided
    by `divisor`. What is drawn for a row depends only on the seed and the place, not on the
    other words. For an index that many rare words share, give the word ''.

    Returns:
        The matrix (words + 1, width) and the number of words without a vector.
    """
    drawn = np.random.default_rng(seed).normal(0.0, sd, (len(words), found.vectors.shape[1]))
    rows = {word: row for row, word in enumerate(found.words)}
    known = [place for place, word in enumerate(words) if word in rows]
    drawn[known] = found.vectors[[rows[words[place]] for place in known]]
    padding = np.zeros((1, drawn.shape[1]))
    matrix = np.concatenate([padding, drawn / divisor]).astype(np.float32)
    return matrix, len(words) - len(known)


def vectors_of_glove(
    path: Path, words: Sequence[str], width: int, seed: int
) -> tuple[NDArray[np.float32], dict[str, int]]:
    """The table of `embedding_matrix` from a file, and what was read with the words not found."""
    found, report = read_glove(path, set(words) - {""}, width)
    matrix, unknown = embedding_matrix(words, found, seed)
    return matrix, {**asdict(report), "unknown": unknown}


@contextmanager
def _open_text(path: Path, width: int | None) -> Iterator[IO[bytes]]:
    """Open the plain text of `path`; damage that its reader meets becomes one line."""
    with ExitStack() as stack:
        file = stack.enter_context(path.open("rb"))
        magic = file.read(6)
        file.seek(0)
        try:
            if magic.startswith(b"PK\3\4"):
                yield stack.enter_context(_open_member(path, file, width))
            elif magic == b"\xfd7zXZ\0":
                yield stack.enter_context(lzma.open(file))
            else:
                yield file
        except _DAMAGE as error:
            reason = error or type(error).__name__
            raise UserError(f"{path}: damaged ({reason}); get it again") from error


@contextmanager
def _open_member(path: Path, file: IO[bytes], width: int | None) -> Iterator[IO[bytes]]:
    with ExitStack() as stack:
        try:
            zipped = stack.enter_context(zipfile.ZipFile(file))
            name = _choose_member(path, zipped.namelist(), width)
            member = stack.enter_context(zipped.open(name))
        except (OSError, ValueError, RuntimeError) as error:
            raise zipfile.BadZipFile(str(error)) from error
        yield member


def _choose_member(path: Path, names: Sequence[str], width: int | None) -> str:
    members = [(name, int(match[1])) for name in names if (match := _MEMBER.fullmatch(name))]
    matching = [name for name, its_width in members if width in (None, its_width)]
    if len(matching) == 1:
        return matching[0]
    wanted = "vectors (NAME.50d.txt)" if width is None else f"{width}-d vectors"
    listed = ", ".join(name for name, _ in members[:10]) or "none"
    raise UserError(
        f"{path}: expected one file of {wanted}, found {len(matching)}; "
        f"give the width of one that it has ({listed})"
    )


def _read_lines(path: Path, stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines without byte order mark, line ends and trailing blanks."""
    buffered = io.BufferedReader(cast(io.RawIOBase, stream), _BUFFER_BYTES)
    number = 0
    while line := buffered.readline(_LONGEST_LINE):
        number += 1
        is_cut = len(line) == _LONGEST_LINE and not line.endswith(b"\n")
        if is_cut or b"\0" in line:
            what = f"is longer than {_LONGEST_LINE:,} bytes" if is_cut else "holds a NUL byte"
            raise UserError(
                f"{path}: line {number} {what}, so this is not GloVe's text format; "
                "give a .txt, .txt.xz or .zip of it"
            )
        line = line.rstrip(b" \r\n")
        yield line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _check_first(path: Path, line: bytes, width: int | None) -> int:
    """Return the width; a file whose first line is no vector holds something else."""
    if b" " not in line:
        raise UserError(f"{path}: does not begin with a word and its numbers; give GloVe vectors")
    width = width or line.count(b" ")
    _parse_vector(path, 1, _split(path, 1, line, width)[1])
    return width


def _split(path: Path, number: int, line: bytes, width: int) -> tuple[bytes, bytes]:
    """Part a line into its word and its `width` numbers."""
    blanks = line.count(b" ")
    word, _, values = line.partition(b" ")
    is_complete = blanks == width and word != b""
    if blanks > width:
        word = line.rsplit(b" ", width)[0]
        values = line[len(word) + 1 :]
        last_part = word.rpartition(b" ")[2]
        is_complete = last_part != b"" and not math.isfinite(_to_float(last_part))
    if not is_complete:
        raise UserError(
            f"{path}: line {number} is not a word and {width} numbers with a blank between each "
            f"two (it has {blanks} blanks); check the width, or get the file again"
        )
    return word, values


def _parse_vector(path: Path, number: int, values: bytes) -> NDArray[np.float32]:
    numbers = [_to_float(value) for value in values.split(b" ")]
    with np.errstate(over="ignore"):
        vector = np.array(numbers).astype(np.float32)
    if not np.isfinite(vector).all():
        place = int(np.isfinite(vector).argmin()) + 1
        raise UserError(
            f"{path}: line {number}: value {place} is not a finite number; get the file again"
        )
    return vector


def _to_float(text: bytes) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
