"""Settings of a person's own tables, as the schema fills them."""

from typing import Any

FORMAT = dict.fromkeys(("separator", "encoding", "decimal", "sheet", "columns"))


def settings(**changed: Any) -> dict[str, Any]:
    """The section `source.table` for columns u, i, r."""
    return {
        **{"user": "u", "item": "i", "rating": "r", "time": None, "time_format": None},
        **{"items": None, "scale": None, "implicit": None, "on_bad_rows": "refuse"},
        "format": FORMAT,
        **changed,
    }


def item_settings(**changed: Any) -> dict[str, Any]:
    """The section `items` for columns id, title, year, genres."""
    names = {"title": "title", "year": "year", "genres": "genres"}
    return {"item": "id", **names, "format": FORMAT, **changed}
