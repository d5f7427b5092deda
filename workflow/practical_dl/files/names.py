"""Names of files as people have them: which belong to the data, and which a table can hold."""

import unicodedata

LEFTOVERS = frozenset(
    {
        "$recycle.bin",
        "#recycle",
        "@eadir",
        "@tmp",
        "__macosx",
        "__pycache__",
        "desktop.ini",
        "ehthumbs.db",
        "lost+found",
        "recycler",
        "system volume information",
        "thumbs.db",
    }
)
"""What Windows, macOS, network storage and notebooks leave behind, in lower case.

Names that begin with a dot (.ipynb_checkpoints, .DS_Store, ._IMG_1.jpg) are hidden in any case.
"""

_UNWRITABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode's categories of control characters, lone surrogates, and line and paragraph ends."""


def is_meant(name: str) -> bool:
    """Whether a file or folder of this name belongs to the data: it is not hidden nor left over."""
    return not name.startswith(".") and name.lower() not in LEFTOVERS


def is_writable(name: str) -> bool:
    """Whether a line of a table can hold a name: any blank and any emoji, but no line break."""
    return name.isprintable() or _UNWRITABLE.isdisjoint(map(unicodedata.category, name))
