"""Nothing in the tree can be made to run what a file or a config carries, and secrets stay secret.

Hostile archives and publishers are in tests/unit (test_archives.py, test_downloads.py); models that
carry code in test_bad_inputs.py.
"""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import copy_workflow
from tests.faults.conftest import Tally

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "workflow").rglob("*.py"))
UNSAFE_MODULES = {"pickle", "cPickle", "dill", "joblib", "marshal", "shelve", "cloudpickle"}
UNSAFE_BUILTINS = {"eval", "exec", "compile", "__import__"}
UNSAFE_CALLS = {
    "os.system",
    "os.popen",
    "yaml.load",
    "yaml.unsafe_load",
    "yaml.full_load",
    "pd.read_pickle",
    "subprocess.getoutput",
    "keras.config.enable_unsafe_deserialization",
    "tempfile.mktemp",
}
MARK = "KGAT_marker_f00dfacef00dfacef00dfacef00d"
COMPETITION = "state-farm-distracted-driver-detection"


def offences(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        names = {
            ast.Import: lambda n: [alias.name for alias in n.names],
            ast.ImportFrom: lambda n: [n.module or ""],
        }.get(type(node), lambda _: [])(node)
        yield from (name for name in names if name.split(".")[0] in UNSAFE_MODULES)
        if isinstance(node, ast.Call):
            yield from offences_of_call(node)


def offences_of_call(node: ast.Call) -> Iterator[str]:
    name = ast.unparse(node.func)
    given = {word.arg: ast.unparse(word.value) for word in node.keywords}
    if name in UNSAFE_BUILTINS or name in UNSAFE_CALLS:
        yield name
    if given.get("allow_pickle") == "True" or given.get("shell") == "True":
        yield f"{name}(allow_pickle or shell)"
    if name.endswith("np.load") and given.get("allow_pickle") != "False":
        yield f"{name} without allow_pickle=False"
    if name.endswith("models.load_model") and given.get("safe_mode") != "True":
        yield f"{name} without safe_mode=True"
    if name.endswith("extractall"):
        yield name


@pytest.mark.parametrize(
    "line",
    [
        "import pickle",
        "from joblib import load",
        "eval('1')",
        "np.load(path)",
        "yaml.load(text)",
        "subprocess.run(words, shell=True)",
        "keras.models.load_model(path)",
        "archive.extractall(folder)",
    ],
)
def test_the_search_finds_what_it_looks_for(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.py"
    path.write_text(line)
    assert list(offences(path))


def test_no_source_calls_what_runs_a_file_s_content(tally: Tally) -> None:
    assert len(SOURCES) > 150
    found = {str(path.relative_to(ROOT)): list(offences(path)) for path in SOURCES}
    assert not {path: names for path, names in found.items() if names}
    tally("hostile inputs refused", 1)


def test_no_rule_hands_a_setting_to_a_shell() -> None:
    """There is no `shell:` directive and no `run:` block; scripts get values as Python objects."""
    for path in [ROOT / "Snakefile", *sorted((ROOT / "rules").rglob("*.smk"))]:
        assert not re.search(r"^\s+(shell|run):", path.read_text(), re.MULTILINE), path


CLIENT = f"""#!{sys.executable}
import os, pathlib, sys
here = pathlib.Path(__file__).parent
seen = []
for folder in pathlib.Path("/proc").glob("[0-9]*"):
    try:
        seen.append((folder / "cmdline").read_bytes().decode(errors="replace"))
    except OSError:
        continue
got = {MARK!r} in os.environ.values()
(here / "seen.txt").write_text(str(got) + "\\n" + "\\n".join(seen))
print("401 - Unauthorized for", os.environ.get("KAGGLE_API_TOKEN"), file=sys.stderr)
sys.exit(1)
"""


def test_credentials_appear_nowhere(tmp_path: Path, tally: Tally) -> None:
    """A client that fails and prints its token: nothing of it is kept, shown or passed on."""
    (tmp_path / "clone").mkdir()
    folder = copy_workflow(tmp_path / "clone")
    client = tmp_path / "bin/kaggle"
    client.parent.mkdir()
    client.write_text(CLIENT)
    client.chmod(0o755)
    (folder / "photos.yaml").write_text(
        "run: {images: [photos], movies: [], reviews: [], characters: [], small: []}\n"
        "images: {photos: {source: {statefarm: {}}, "
        "backbones: {net: {application: MobileNet, layer: conv_pw_1_relu, weights: random, "
        "input_size: [32, 32]}}, head: {backbone: net}}}\n"
    )
    environment = os.environ | {
        "PATH": f"{client.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(folder / "workflow"),
        "KAGGLE_API_TOKEN": MARK,
    }
    target = f"data/downloads/{COMPETITION}.zip"
    command = [sys.executable, "-m", "snakemake", target, "--cores", "1", "--verbose"]
    done = subprocess.run(
        [*command, "--configfile", "photos.yaml"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    got, *processes = (client.parent / "seen.txt").read_text().split("\n")
    assert done.returncode != 0
    assert got == "True", "the client itself must get the token"
    assert not [line for line in processes if MARK in line]
    assert MARK not in done.stdout + done.stderr
    assert re.findall(r"^error: .*", done.stdout + done.stderr, re.MULTILINE)
    kept = [
        path for path in folder.rglob("*") if path.is_file() and MARK.encode() in path.read_bytes()
    ]
    assert not kept
    tally("hostile inputs refused", 1)
