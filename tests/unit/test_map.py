"""The house is as docs/README.md draws it: the same rooms in four trees, imports downwards only."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import ROOT

from practical_dl.job.code_hash import package_imports

PACKAGE = ROOT / "workflow/practical_dl"
SCRIPTS = ROOT / "workflow/scripts"
RULES = ROOT / "rules"
TESTS = ROOT / "tests/unit"
TREES = (RULES, SCRIPTS, PACKAGE, TESTS)
MOST_FILES = 20
MOST_LINES = 25
"""Non-blank lines of a rule in the mean; a job that trains has 20 before its own inputs."""

LAYERS = (
    ("job",),
    ("files", "sources"),
    ("tables",),
    ("training", "scoring", "report"),
    ("images", "movies", "reviews", "small"),
    ("settings", "overview"),
    ("inspection", "planning", "recognition", "run_comparison", "exports", "app"),
    ("commands",),
    ("cli",),
)
ROOMS = {
    "images": (
        "paths", "pictures", "demo", "networks", "titles", "sample", "features", "augmentation",
        "heads", "folds", "ensemble", "pseudo_labels", "submission",
        "hidden_groups", "audit", "plan", "scores", "pages",
    ),
    "movies": (
        "titles", "paths", "ratings", "models", "studies", "recommender", "ranking", "plan",
        "pages",
    ),
    "reviews": ("titles", "paths", "corpus", "vectors", "models", "ensemble", "plan", "pages"),
    "small": ("characters", "optimizers", "convolution", "keras_checks", "optimizer_comparison"),
}  # fmt: skip
"""Within a pipeline: each imports from those before it."""


EXCUSED = {
    "the command line, in tests of commands/ and of each command's room": """
        cli commands/audit commands/compare commands/inspect commands/new commands/plan
        cli commands/audit commands/compare commands/inspect commands/new commands/plan
        commands/app commands/export commands/predict commands/recommend commands/review
        commands/watch inspection/description
        inspection/documents inspection/manifests
        inspection/documents inspection/manifests
        inspection/models inspection/origin inspection/predictions inspection/scores
        inspection/showing inspection/stores inspection/tables planning/dry_run planning/showing""",
    "names alone": "images/paths images/titles images/sample/paths movies/paths",
    "pages and pictures, in tests of whole targets": """
        images/pages/ablation images/pages/controls
        images/pages/out_of_fold images/pages/pseudo_labels
        report/keras_graphs report/model_graphs report/unrolled
        small/characters/plots small/characters/report_page small/convolution/plots
        small/convolution/report_page small/convolution/workbook
        small/optimizer_comparison/trial_page small/optimizers/failure_plots
        small/optimizers/plots small/optimizers/report_page small/optimizers/tables
        small/optimizers/workbook small/optimizers/workbook_formulas""",
    "trainings and plans, in tests of whole targets": """
        images/augmentation/cross_validated images/folds/fitting images/plan/audit
        images/plan/pseudo_labels
        images/plan/scratch images/pseudo_labels/folds images/pseudo_labels/model_speed
        images/sample/statistics_study settings/targets small/characters/samples""",
    "through the module beside it": """
        images/networks/fused_batch_norm movies/ratings/releases
        recognition/picture_matching tables/dialects tables/encodings
        tables/json_tables tables/opening
        tables/parquet_tables tables/text_tables tables/words tables/workbooks""",
    "in a real browser": "report/page_style report/table_script",
    "in the environment of the page, in tests/app": """
        app/movies app/page app/service app/serving images/submission/predictor
        small/characters/readers""",
    "what needs the network, or a lock": "images/features/imagenet job/one_run",
}
"""Modules that no test of their room imports, by where they are tested."""


def package_files() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if path.name != "__init__.py"]


def imported_by(path: Path) -> list[Path]:
    return sorted(set(package_imports(ast.parse(path.read_text()))))


def place(path: Path) -> list[str]:
    """The names of a module's rooms and its own, below the package."""
    return list(path.relative_to(PACKAGE).with_suffix("").parts)


def layer(name: str) -> int:
    return next(number for number, names in enumerate(LAYERS) if name in names)


def runs_upwards(reader: Path, read: Path) -> bool:
    """Whether an import goes to a higher floor, to another pipeline or to a later room."""
    (upper, *rest), (lower, *rooms) = place(reader), place(read)
    if upper != lower:
        pipelines = {upper, lower} <= set(ROOMS)
        return pipelines or layer(lower) > layer(upper)
    order = ROOMS.get(upper)
    return order is not None and order.index(rooms[0]) > order.index(rest[0])


def rules() -> Iterator[tuple[Path, str, str]]:
    """Each rule's file, its name and its text."""
    for path in sorted(RULES.rglob("*.smk")):
        for part in re.split(r"^(?= *rule\b)", path.read_text(), flags=re.MULTILINE)[1:]:
            name = re.search(r'rule (\w+)|name:\s+f?"(\w+)', part)
            assert name, f"{path}: a rule without a name"
            yield path, name[1] or name[2], _body(part)


def _body(part: str) -> str:
    """The lines of a rule: its first one, and those that are indented further."""
    first, *lines = part.rstrip().splitlines()
    depth = len(first) - len(first.lstrip())
    kept = [first]
    for line in lines:
        if line.strip() and len(line) - len(line.lstrip()) <= depth:
            break
        kept.append(line)
    return "\n".join(kept)


def scripts_of(text: str) -> tuple[str | None, str | None]:
    """The script that a rule runs and the one whose code it carries, below workflow/scripts."""
    run = re.search(r'script:\s+"(?:\.\./)+workflow/scripts/([\w/]+\.py)"', text)
    carried = re.search(r'code=code\("([\w/]+\.py)"\)', text)
    return run and run[1], carried and carried[1]


def folders() -> Iterator[Path]:
    for tree in TREES:
        for folder in (tree, *sorted(tree.rglob("*/"))):
            if folder.is_dir() and folder.name != "__pycache__":
                yield folder


def test_imports_run_downwards() -> None:
    upwards = [
        f"{'/'.join(place(path))} imports {'/'.join(place(read))}"
        for path in package_files()
        for read in imported_by(path)
        if runs_upwards(path, read)
    ]
    assert not upwards


def test_no_imports_go_in_a_circle() -> None:
    below = {path: imported_by(path) for path in package_files()}
    done: set[Path] = set()

    def visit(path: Path, above: tuple[Path, ...]) -> None:
        assert path not in above, " -> ".join("/".join(place(one)) for one in (*above, path))
        if path not in done:
            for read in below[path]:
                visit(read, (*above, path))
            done.add(path)

    for path in below:
        visit(path, ())


def test_a_script_lies_in_the_room_of_its_rule() -> None:
    strangers = [
        f"{path.relative_to(ROOT)}: {name} runs {script}"
        for path, name, text in rules()
        if (script := scripts_of(text)[0]) is not None
        and Path(script).parent != path.relative_to(RULES).with_suffix("")
    ]
    assert not strangers


def test_a_rule_carries_the_code_of_its_own_script() -> None:
    """A slip would leave a stale result without a word. Downloads carry none, as docs say."""
    for path, name, text in rules():
        run, carried = scripts_of(text)
        downloads = name in ("download_source", "fetch_imagenet_weights")
        assert run, f"{path.relative_to(ROOT)}: {name} runs no script"
        assert carried == (None if downloads else run), f"{path.relative_to(ROOT)}: {name}"


def test_every_script_is_run_by_a_rule() -> None:
    run = {scripts_of(text)[0] for _, _, text in rules()}
    assert {str(path.relative_to(SCRIPTS)) for path in SCRIPTS.rglob("*.py")} == run


def test_no_folder_holds_more_than_twenty_files() -> None:
    for folder in folders():
        files = [path for path in folder.iterdir() if path.suffix in (".py", ".smk")]
        names = [path.name for path in files if path.name not in ("__init__.py", "conftest.py")]
        assert len(names) <= MOST_FILES, f"{folder.relative_to(ROOT)}: {len(names)} files"


def test_rules_are_short() -> None:
    lengths = [sum(bool(line.strip()) for line in text.splitlines()) for _, _, text in rules()]
    assert sum(lengths) / len(lengths) <= MOST_LINES


def test_the_map_names_every_folder() -> None:
    text = (ROOT / "docs/README.md").read_text()
    named = set(re.findall(r"`([\w/]+?)/?`", text))
    rooms = {
        str(folder.relative_to(tree))
        for tree in TREES
        for folder in folders()
        if tree in folder.parents
    }
    assert not rooms - named


def test_every_module_has_its_tests_in_its_room_or_an_excuse() -> None:
    missing = set()
    for room in sorted({path.parent for path in package_files()}):
        folder = TESTS / room.relative_to(PACKAGE)
        tested = {read for test in folder.glob("*.py") for read in imported_by(test)}
        for path in (path for path in package_files() if path.parent == room):
            if path not in tested and not (folder / f"test_{path.name}").is_file():
                missing.add("/".join(place(path)))
    assert missing == {name for names in EXCUSED.values() for name in names.split()}


@pytest.mark.parametrize(
    ("reader", "read", "upwards"),
    [
        ("images/heads/fitting", "training/fit", False),
        ("training/fit", "images/heads/fitting", True),
        ("images/heads/fitting", "images/folds/linear", True),
        ("images/folds/linear", "images/heads/fitting", False),
        ("movies/pages/plots", "reviews/titles", True),
        ("report/plotting", "training/fit", False),
        ("job/runtime", "files/artefacts", True),
    ],
)
def test_what_counts_as_upwards(reader: str, read: str, upwards: bool) -> None:
    assert runs_upwards(PACKAGE / f"{reader}.py", PACKAGE / f"{read}.py") == upwards
