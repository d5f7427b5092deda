"""A hash of what a script's code means, so that only a real change re-runs its rule.

The hash covers the script and every module of this package that it imports, transitively and
lazily. It is taken of the syntax tree without docstrings: a clone, a touch, a comment or another
layout of the same code leaves it as it was.
"""

import ast
import hashlib
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent
SCRIPTS = PACKAGE.parent / "scripts"


def code_hash(script: str | Path) -> str:
    """Sixteen hexadecimal digits for `script` and the package modules that it needs."""
    script = Path(script)
    modules = sorted(_reachable(_imports(script)))
    digest = hashlib.sha256(_meaning(script).encode())
    for module in modules:
        digest.update(f"\n{module.relative_to(PACKAGE)}\n{_meaning(module)}".encode())
    return digest.hexdigest()[:16]


def _reachable(found: frozenset[Path]) -> set[Path]:
    reached: set[Path] = set()
    waiting = list(found)
    while waiting:
        module = waiting.pop()
        if module not in reached:
            reached.add(module)
            waiting.extend(_imports(module))
    return reached


@cache
def _tree(path: Path) -> ast.Module:
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    for node in ast.walk(tree):
        documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        if isinstance(node, documented) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return tree


@cache
def _meaning(path: Path) -> str:
    return ast.unparse(_tree(path))


@cache
def _imports(path: Path) -> frozenset[Path]:
    """Files of the package modules that `path` imports anywhere in its text."""
    names: set[str] = set()
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    files = (
        PACKAGE.joinpath(*name.split(".")[1:]).with_suffix(".py")
        for name in names
        if name.split(".")[0] == PACKAGE.name and "." in name
    )
    return frozenset(file for file in files if file.is_file())
