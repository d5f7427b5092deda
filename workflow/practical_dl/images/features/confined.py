"""A stranger's network, opened in a process of its own that is held to the memory and the time.

A file may be made, or damaged, so that reading it takes all memory, never ends, or crashes: then
that process ends, and its error is one line here. What it wrote is used only if it came to its end.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from practical_dl.files.artefacts import read_json, write_json
from practical_dl.images.features import onnx_backbones
from practical_dl.images.features.onnx_features import Asked
from practical_dl.images.features.onnx_graphs import reason
from practical_dl.job.errors import SettingError, UserError

SECONDS = 600
"""A network of six million parameters takes one or two of them."""
ANSWER = "answer.json"
PACKAGES = Path(__file__).parents[3]
LEAST_MEMORY = 8 << 30
"""Bytes of addresses, which libraries reserve more of than they use."""


def describe(path: Path, folder: Path) -> dict[str, Any]:
    """What `onnx_backbones.describe` gives. The process may write to the empty `folder`."""
    return _asked_of_a_process(path, {"task": "describe", "path": str(path)}, folder)


def prepare(asked: Asked, threads: int, folder: Path) -> dict[str, Any]:
    """What `onnx_backbones.prepare` gives and writes."""
    question = {"task": "prepare", "asked": vars(asked), "threads": threads}
    return _asked_of_a_process(Path(asked.path), question, folder)


def _asked_of_a_process(path: Path, question: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The answer of a process to a question.

    Raises:
        SettingError: it says that a setting is wrong.
        UserError: it says that the network cannot be used, or was ended.
    """
    command = [sys.executable, "-P", "-m", "practical_dl.images.features.confined", str(folder)]
    environment = os.environ | {"PYTHONPATH": str(PACKAGES)}
    try:
        done = subprocess.run(
            command,
            input=json.dumps(question),
            text=True,
            capture_output=True,
            env=environment,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UserError(f"{path}: OpenVINO did not come to an end in {SECONDS} seconds") from None
    if not (folder / ANSWER).is_file():
        last = (done.stderr.strip() or f"exit code {done.returncode}").splitlines()[-1]
        raise UserError(
            f"{path}: OpenVINO crashed or ran out of memory ({last}); the file is damaged, or asks "
            "for more than this machine has"
        )
    answer = read_json(folder / ANSWER)
    if "wrong_setting" in answer:
        raise SettingError(answer["wrong_setting"])
    if "wrong" in answer:
        raise UserError(f"{path}: {answer['wrong']}")
    return answer


def main() -> None:
    """Answer the question on standard input in the folder that is named."""
    folder = Path(sys.argv[1])
    memory = max(LEAST_MEMORY, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or memory < most:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    write_json(folder / ANSWER, _answer(json.load(sys.stdin), folder))


def _answer(question: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    try:
        if question["task"] == "describe":
            return onnx_backbones.describe(question["path"])
        asked = Asked(**question["asked"])
        return onnx_backbones.prepare(asked, question["threads"], folder)
    except SettingError as error:
        return {"wrong_setting": str(error)}
    except UserError as error:
        return {"wrong": str(error)}
    except (RuntimeError, ValueError) as error:  # the latter of names that are no text
        return {"wrong": reason(error)}


if __name__ == "__main__":
    main()
