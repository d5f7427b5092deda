"""A hash of the meaning of a script's code, so that only a real change re-runs its rule.

The hash covers the script and every module of this package that it imports, transitively and
lazily. It is taken of the syntax tree without docstrings, in which an imported module stands by
its own hash instead of its name: a clone, a touch, a comment, another layout of the same code and
a module that has moved leave it as it was.
"""

import ast
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

PACKAGE = Path(__file__).parents[1]
SCRIPTS = PACKAGE.parent / "scripts"
Imports = ast.Import | ast.ImportFrom
DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
BODIES = ("body", "handlers", "orelse", "finalbody", "cases")


@cache
def code_hash(file: str | Path) -> str:
    """Sixteen hexadecimal digits for a script or module and the package modules that it needs.

    The imports of the package must not go in a circle.
    """
    path = Path(file)
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    for node in _statements(tree):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        for name in BODIES:
            if body := getattr(node, name, None):
                setattr(node, name, list(_with_hashes(body)))
    return hashlib.sha256(ast.unparse(tree).encode()).hexdigest()[:16]


def package_imports(tree: ast.AST) -> Iterator[Path]:
    """The files of the package's modules that a syntax tree imports anywhere in it."""
    for node in ast.walk(tree):
        for found in (_target(*pair)[0] for pair in _names(node)):
            if found is not None:
                yield found


def _with_hashes(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a body; neighbouring imports name hashes, and their order says nothing."""
    for is_import, run in groupby(body, lambda node: isinstance(node, Imports)):
        if is_import:
            singles = [_by_hash(*pair) for node in run for pair in _names(node)]
            yield from sorted(singles, key=ast.unparse)
        else:
            yield from run


def _by_hash(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> ast.stmt:
    """The import of one name, with a module of this package named by its hash."""
    file, name = _target(node, alias)
    if file is None:
        if isinstance(node, ast.Import):
            return ast.Import([alias])
        return ast.ImportFrom(node.module, [alias], node.level)
    hashed = f"m{code_hash(file)}"
    if name is None:
        return ast.Import([ast.alias(hashed, alias.asname or alias.name)])
    return ast.ImportFrom(hashed, [ast.alias(name, alias.asname)], 0)


def _names(node: ast.AST) -> Iterator[tuple[ast.Import | ast.ImportFrom, ast.alias]]:
    """Each name that an import statement imports, beside the statement."""
    if isinstance(node, Imports):
        yield from ((node, alias) for alias in node.names)


def _target(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> tuple[Path | None, str | None]:
    """The file of this package that a name is imported from, and the name (None: all of it)."""
    if isinstance(node, ast.Import):
        return _file_of(alias.name), None
    module = node.module or ""
    whole = _file_of(f"{module}.{alias.name}")
    return (whole, None) if whole else (_file_of(module), alias.name)


def _file_of(module: str) -> Path | None:
    """The file of a module of this package, None of any other module and of a folder."""
    package, *names = module.split(".")
    if package != PACKAGE.name or not names:
        return None
    file = PACKAGE.joinpath(*names).with_suffix(".py")
    return file if file.is_file() else None


def _statements(tree: ast.Module) -> Iterator[ast.AST]:
    """The module and all statements in it, each before those within it.

    Expressions contain none: skipping them is several times faster than `ast.walk`.
    """
    waiting: list[ast.AST] = [tree]
    for node in waiting:
        yield node
        for part in BODIES:
            waiting.extend(getattr(node, part, ()))
