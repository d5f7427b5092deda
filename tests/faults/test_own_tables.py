"""Tables as people save them, and damaged ones: read as they were written, or one line.

Blanks behind a separator are not kept: people write `a, "b"`.
"""

import csv
import io
import os
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from practical_dl.job.errors import UserError
from practical_dl.tables.mistakes import Mistakes
from practical_dl.tables.reading import open_table, read_whole
from practical_dl.tables.table import Options

EXAMPLES = int(os.environ.get("PRACTICAL_DL_FUZZ", "200"))
CELLS = st.text(st.sampled_from("ab19.,;|\t\"'\\ \näß猫-#"), max_size=12)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8)
patient = settings(
    max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read(path: Path) -> pd.DataFrame:
    mistakes = Mistakes(path)
    table = open_table(path, Options(), ["user", "note"])
    frame = read_whole(table, {"user": "user", "note": "note"}, mistakes)
    mistakes.settle("refuse")
    return frame


@patient
@given(
    rows=ROWS,
    separator=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    every=st.booleans(),
)
def test_what_was_written_is_read(
    rows: list[tuple[str, str, str]],
    separator: str,
    end: str,
    encoding: str,
    every: bool,
    tmp_path: Path,
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter=separator,
        lineterminator=end,
        quoting=csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL,
    )
    writer.writerows([("user", "rating", "note"), *rows])
    path = tmp_path / "table.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    kept = [(user, note) for user, rating, note in rows if (user + rating + note).strip()]
    if not kept:
        with pytest.raises(UserError):
            read(path)
        return
    frame = read(path)
    found = [(user.lstrip(" "), note.lstrip(" ")) for user, note in frame.to_numpy()]
    assert found == [(user.lstrip(" "), note.lstrip(" ")) for user, note in kept]


TABLE = 'user,rating,note\n"Zoë, X",4.5,"said ""no"""\nb,3,\n'.encode()


@patient
@given(
    place=st.integers(0, len(TABLE) - 1), byte=st.binary(max_size=3), cut=st.integers(0, len(TABLE))
)
@example(place=0, byte=b"\x1f\x8b", cut=len(TABLE))
@example(place=0, byte=b"PK\x03\x04", cut=len(TABLE))
@example(place=0, byte=b"PAR1", cut=len(TABLE))
def test_a_damaged_table_is_read_or_refused_in_words(
    place: int, byte: bytes, cut: int, tmp_path: Path
) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes((TABLE[:place] + byte + TABLE[place + 1 :])[:cut])
    try:
        columns = list(read(path).columns)
    except UserError as error:
        columns = [str(error).split(":")[0]]
    assert columns in (["user", "note"], [str(path)])


@patient
@given(content=st.binary(max_size=200))
def test_bytes_of_any_kind_are_read_or_refused_in_words(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "table"
    path.write_bytes(content)
    with pytest.raises(UserError):
        read(path)
