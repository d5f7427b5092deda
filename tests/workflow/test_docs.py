"""What docs/extending.md tells to write is written and run."""

import re
from pathlib import Path

import pandas as pd
import yaml
from tests.conftest import ROOT, copy_workflow, snakemake_in

from practical_dl.settings.configuration import complete

TEXT = (ROOT / "docs/extending.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def test_its_configurations_are_allowed() -> None:
    snippets = [yaml.safe_load(block) for block in blocks("yaml")]
    assert len(snippets) == 3
    for snippet in snippets:
        for image_set in snippet["images"].values():
            image_set.setdefault("source", {"demo": {}})
            image_set.setdefault("head", {"backbone": next(iter(image_set.get("backbones", "x")))})
            image_set.setdefault(
                "backbones", {"x": {"application": "VGG16", "layer": "y", "input_size": [32, 32]}}
            )
            image_set["sample"] = {"experiments": False}
        complete({"run": {}} | snippet)


def test_pixels_and_settings_of_onnx_networks_are_allowed() -> None:
    text = (ROOT / "docs/onnx.md").read_text()
    ((name, backbone),) = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)[0])[
        "images"
    ]["demo"]["backbones"].items()
    rows = [yaml.safe_load(found) for found in re.findall(r"^\| .* \| `({.*})` \|$", text, re.M)]
    assert len(rows) == 5
    for pixels in (backbone["pixels"], *rows):
        demo = {
            "source": {"demo": {}},
            "backbones": {name: backbone | {"pixels": pixels}},
            "head": {"backbone": name},
        }
        complete({"run": {}, "images": {"demo": demo}})


def test_its_smallest_pipeline_runs(tmp_path: Path) -> None:
    copy_workflow(tmp_path)
    rules, script, target = blocks("python")
    (tmp_path / "rules/letters.smk").write_text(rules)
    folder = tmp_path / "workflow/scripts/letters"
    folder.mkdir()
    (folder / "count_letters.py").write_text(script)
    snakefile = tmp_path / "Snakefile"
    snakefile.write_text(f'{snakefile.read_text()}\n\ninclude: "rules/letters.smk"\n\n\n{target}')
    done = snakemake_in(tmp_path, "letters")
    assert done.returncode == 0, done.stderr
    counts = pd.read_csv(tmp_path / "results/letters/counts.csv").set_index("letter")["count"]
    text = (tmp_path / "results/run_config.yaml").read_text()
    assert counts["e"] == text.count("e")


def test_the_rules_that_it_names_stand_where_it_says() -> None:
    named = re.findall(r"`(rules/[\w/]+\.smk): (\w+)`", TEXT)
    assert named
    for path, rule in named:
        assert f"rule {rule}:" in (ROOT / path).read_text()
