"""Tables in Parquet files, read by Polars where it is installed.

pandas' own reader needs pyarrow, and pandas keeps all its text in pyarrow where that is installed.
"""

from pathlib import Path

from practical_dl.job.errors import UserError
from practical_dl.tables.table import Records, Table, cell_text

BATCH_ROWS = 50_000


def open_parquet(path: Path) -> Table:
    """Open a Parquet file; a row's number, counted from 1, stands for its line.

    Raises:
        UserError: Polars is not installed, or the file is damaged.
    """
    try:
        import polars
    except ImportError:
        raise UserError(
            f"{path}: a Parquet file needs Polars; pip install polars, or save it as .csv"
        ) from None
    try:
        frame = polars.scan_parquet(path, glob=False)
        names = frame.collect_schema().names()
        count = int(frame.select(polars.len()).collect().item())
    except (polars.exceptions.PolarsError, OSError) as error:
        raise UserError(f"{path}: not a readable Parquet file ({error})") from error

    def rows() -> Records:
        for start in range(0, count, BATCH_ROWS):
            try:
                batch = frame.slice(start, BATCH_ROWS).collect()
            except (polars.exceptions.PolarsError, OSError) as error:
                raise UserError(f"{path}: damaged behind row {start:,} ({error})") from error
            for number, values in enumerate(batch.iter_rows(), start=start + 1):
                yield number, [cell_text(value) for value in values]

    return Table(path, names, rows(), f"read as: Parquet, {count:,} rows")
