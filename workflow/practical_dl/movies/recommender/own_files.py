"""Somebody's own ratings in a file: a table of any kind, or the whole export that holds one."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from practical_dl.files.archives import Limits, member_names, open_members
from practical_dl.files.artefacts import require_file
from practical_dl.files.names import is_meant
from practical_dl.job.errors import UserError, named
from practical_dl.movies.ratings.rating_set import Scale
from practical_dl.movies.recommender.own_columns import LABELS, WANTED, find_columns
from practical_dl.tables.reading import open_table
from practical_dl.tables.table import Options

RATINGS = "ratings.csv"
LIMITS = Limits(total_bytes=1 << 26, members=10_000)
MOST_ROWS = 100_000
"""Above these a file is not one person's."""

_TABLES = (".csv", ".tsv", ".txt", ".json", ".jsonl", ".xlsx")


@dataclass(frozen=True)
class OwnRow:
    """One rated thing: what each column of `own_columns.NAMES` says of it."""

    line: int
    values: Mapping[str, str]

    def __getitem__(self, purpose: str) -> str:
        """'' where it says nothing."""
        return self.values.get(purpose, "")

    @property
    def label(self) -> str:
        """What it is called, for messages."""
        return next((self[what] for what in LABELS if self[what]), "")


@dataclass(frozen=True)
class OwnFile:
    """The rows of a file in its order; where they stand, their scale if known, what was taken."""

    path: Path
    rows: list[OwnRow]
    scale: Scale | None
    told: str


def read_own_file(path: Path) -> OwnFile:
    """Read somebody's ratings.

    Raises:
        UserError: no table, not one of ratings, or not one person's; or a row has more or fewer
            values than the header.
    """
    if path.is_dir():
        raise UserError(f"{path}: a folder; give the file in it that holds ratings ({RATINGS})")
    require_file(path)
    tables = _tables_in_zip(path)
    if not tables:
        return _read(path)
    member = _of_ratings(path, tables)
    shown = path / member
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / RATINGS
        for _, content in open_members(path, lambda name: name == member, LIMITS):
            copy.write_bytes(content)
        try:
            found = _read(copy)
        except UserError as error:
            raise UserError(str(error).replace(str(copy), str(shown))) from error
    others = f"only this of {len(tables)} tables is read: " if tables[1:] else ""
    return replace(found, path=shown, told=others + found.told)


def _tables_in_zip(path: Path) -> list[str]:
    """The tables in a zip; none where the file is another, or a workbook.

    Raises:
        UserError: a zip without tables, or a damaged one.
    """
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            return []
    names = member_names(path, LIMITS)
    if "[Content_Types].xml" in names or "mimetype" in names:
        return []
    meant = [name for name in names if all(map(is_meant, PurePosixPath(name).parts))]
    tables = [name for name in meant if PurePosixPath(name).suffix.lower() in _TABLES]
    if not tables:
        held = named(meant) or "nothing"
        raise UserError(f"{path}: a zip that holds {held} and no table; give the file of ratings")
    return tables


def _of_ratings(path: Path, tables: Sequence[str]) -> str:
    """The table called `ratings.csv`, the one in the fewest folders; or the only table.

    Raises:
        UserError: there are several, and none is called so.
    """
    called = [name for name in tables if PurePosixPath(name).name.lower() == RATINGS]
    if not called and len(tables) > 1:
        raise UserError(f"{path}: holds no {RATINGS}, but {named(tables)}; give the one of ratings")
    return min(called or tables, key=lambda name: name.count("/"))


def _read(path: Path) -> OwnFile:
    table = open_table(path, Options(), WANTED)
    columns = find_columns(path, table.columns)
    width = len(table.columns)
    rows: list[OwnRow] = []
    for line, values in table.rows:
        if len(values) < width or any(values[width:]):
            raise UserError(
                f"{path}: line {line} has {len(values)} values, expected {width}; a value that "
                "holds a comma stands in double quotes"
            )
        rows.append(OwnRow(line, {what: values[at].strip() for what, at in columns.places.items()}))
        if len(rows) > MOST_ROWS:
            raise UserError(f"{path}: more than {MOST_ROWS:,} rows; give the ratings of one person")
    if not rows:
        raise UserError(f"{path}: has no ratings; write one per line: movie,rating")
    people = dict.fromkeys(row["user"] for row in rows)
    if len(people) > 1:
        raise UserError(
            f"{path}: ratings of {len(people):,} people ({table.columns[columns.places['user']]}: "
            f"{named(people)}); give those of one, or take --user for one of the set"
        )
    return OwnFile(path, rows, columns.scale, f"{columns.told}; {table.note}")
