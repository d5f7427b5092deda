from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.unit.movies.ratings.own import item_settings

from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.own_items import OwnItems, read_own_items
from practical_dl.tables.mistakes import Mistakes


def read(tmp_path: Path, content: str, **changed: Any) -> tuple[OwnItems, Mistakes]:
    path = tmp_path / "i.csv"
    path.write_text(content, encoding="utf-8")
    mistakes = Mistakes(path)
    return read_own_items(path, item_settings(**changed), mistakes), mistakes


def test_titles_years_and_genres(tmp_path: Path) -> None:
    rows = [
        '"0195";"A &amp; B";"1999";"War|Drama"',
        '"12.0";"Two  lines";"01-Jan-1995";" War | War |"',
        '"7";"";"0";"(no genres listed)"',
        '"8";"Unknown";"DK Publishing";""',
        '"9";"Late";"2050.0";"A;B"',
    ]
    found, _ = read(tmp_path, "\n".join(['"id";"title";"year";"genres"', *rows]))
    years = pd.array([1999, 1995, None, None, 2050], dtype="Int64")
    pd.testing.assert_frame_equal(
        found.table,
        pd.DataFrame(
            {
                "name": ["0195", "12", "7", "8", "9"],
                "title": ["A & B", "Two lines", "", "Unknown", "Late"],
                "year": years,
                "genres": ["War|Drama", "War", "", "", "A;B"],
            }
        ),
    )
    notes = "\n".join(found.notes)
    assert "1 titles have signs written as in HTML" in notes
    assert "1 values of year are no year and count as unknown, the first in line 5" in notes
    assert "genres are separated by '|', as in 2 rows" in notes


@pytest.mark.parametrize(
    ("cells", "expected", "told"),
    [
        (["A, B", "B"], ["A|B", "B"], "separated by ','"),
        (["A; B, C", "B; D"], ["A|B, C", "B|D"], "separated by ';'"),
        (["['A', 'B']", '["C"]'], ["A|B", "C"], "separated by ','"),
        (["A", "Sci-Fi"], ["A", "Sci-Fi"], "each item has one genre"),
    ],
)
def test_what_separates_genres_is_found_out(
    tmp_path: Path, cells: list[str], expected: list[str], told: str
) -> None:
    rows = [f"{number}\tx\t{cell}" for number, cell in enumerate(cells)]
    quoted = "\n".join(["id\ttitle\tgenres", *(row.replace('"', '""') for row in rows)])
    quoted = quoted.replace('[""C""]', '"[""C""]"')
    found, _ = read(tmp_path, quoted, year=None)
    assert found.table["genres"].tolist() == expected
    assert any(told in note for note in found.notes)


def test_genres_that_are_all_empty_are_refused_with_the_key_to_remove(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"i.csv: genres: no item has a genre; remove the key"):
        read(tmp_path, "id,title,genres\n1,One,\n2,Two,|\n", year=None)


def test_only_the_most_frequent_genres_are_used(tmp_path: Path) -> None:
    rows = [f"{number},x,common|own {number}" for number in range(150)]
    found, _ = read(tmp_path, "\n".join(["id,title,genres", *rows]), year=None)
    assert "of 151 genres the 100 most frequent are used" in found.notes
    genres = {genre for text in found.table["genres"] for genre in text.split("|")}
    assert len(genres) == 100
    assert "common" in genres


def test_years_come_from_the_titles_where_no_column_has_them(tmp_path: Path) -> None:
    content = "id,title\n1,Heat (1995)\n2,Babylon 5\n3,Show (1999-2001)\n"
    found, _ = read(tmp_path, content, year=None, genres=None)
    assert found.table["year"].fillna(0).tolist() == [1995, 0, 1999]
    assert any(note.startswith("2 years were taken from titles") for note in found.notes)


def test_an_item_that_stands_there_twice_is_a_mistake_unless_it_is_the_same(
    tmp_path: Path,
) -> None:
    content = "id,title\n1,One\n2,Two\n1,One\n2,Another\n,None\n"
    found, mistakes = read(tmp_path, content, year=None, genres=None)
    assert found.table["name"].tolist() == ["1"]
    assert "1 rows of items stand there twice, word for word" in found.notes
    assert [(one.line, one.value, one.wanted) for one in mistakes.found] == [
        (6, "", "the id of the item"),
        (5, "2", "each item once; line 3 has it too"),
    ]
