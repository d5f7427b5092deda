"""Hashes of all scripts, kept from one start of Snakemake to the next while no code changes.

Taking them anew costs half a second, a fifth of a start. What is kept is only believed beside the
very bytes of all code and the same Python, whose way to write a syntax tree is part of a hash.
"""

import hashlib
import json
import os
import sys
from contextlib import suppress
from pathlib import Path

from practical_dl.job.code_hash import SCRIPTS, code_hash


def script_hashes(kept: Path, scripts: Path = SCRIPTS) -> dict[str, str]:
    """The `code_hash` of each script, by its path below the folder of scripts.

    Args:
        kept: the JSON file that holds them between starts; where it cannot be written, they are
            taken at every start. scripts: a folder beside the package.
    """
    code = _digest(scripts.parent)
    with suppress(OSError, ValueError, TypeError, KeyError):
        found = json.loads(kept.read_text())
        if found["code"] == code:
            return found["hashes"]
    files = sorted(scripts.rglob("*.py"))
    hashes = {file.relative_to(scripts).as_posix(): code_hash(file) for file in files}
    if _digest(scripts.parent) == code:  # else a file was edited meanwhile
        with suppress(OSError):
            _write(kept, json.dumps({"code": code, "hashes": hashes}))
    return hashes


def _digest(folder: Path) -> str:
    """A hash of this Python and of the name and the bytes of each Python file in a folder."""
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted(folder.rglob("*.py")):
        content = file.read_bytes()
        digest.update(f"\0{file.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _write(path: Path, text: str) -> None:
    """Write a file whole, though other starts may write the same one now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_text(text)
    unfinished.replace(path)
