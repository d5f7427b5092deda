"""A hash of what a script's code means, so that only a real change re-runs its rule.

The hash covers the script and every module of this package that it imports, transitively and
lazily. It is taken of the syntax tree without docstrings: a clone, a touch, a comment or another
layout of the same code leaves it as it was.
"""

import ast
import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent
SCRIPTS = PACKAGE.parent / "scripts"


def code_hash(script: str | Path) -> str:
    """Sixteen hexadecimal digits for `script` and the package modules that it needs."""
    script = Path(script)
    meaning, imported = _read(script)
    modules = sorted(_reachable(imported))
    digest = hashlib.sha256(meaning.encode())
    for module in modules:
        digest.update(f"\n{module.relative_to(PACKAGE)}\n{_read(module)[0]}".encode())
    return digest.hexdigest()[:16]


def _reachable(found: frozenset[Path]) -> set[Path]:
    reached: set[Path] = set()
    waiting = list(found)
    while waiting:
        module = waiting.pop()
        if module not in reached:
            reached.add(module)
            waiting.extend(_read(module)[1])
    return reached


@cache
def _read(path: Path) -> tuple[str, frozenset[Path]]:
    """What `path` means, and the files of the package modules that it imports anywhere in its text.

    The tree itself is let go: all of them together would slow every search for garbage.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    names: set[str] = set()
    for node in _statements(tree):
        documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        if isinstance(node, documented) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    files = (
        PACKAGE.joinpath(*name.split(".")[1:]).with_suffix(".py")
        for name in names
        if name.split(".")[0] == PACKAGE.name and "." in name
    )
    return ast.unparse(tree), frozenset(file for file in files if file.is_file())


def _statements(tree: ast.Module) -> Iterator[ast.AST]:
    """The module and all statements in it, each before those within it.

    An expression holds none: leaving them out is several times faster than `ast.walk`.
    """
    waiting: list[ast.AST] = [tree]
    for node in waiting:
        yield node
        for part in ("body", "handlers", "orelse", "finalbody", "cases"):
            waiting.extend(getattr(node, part, ()))
