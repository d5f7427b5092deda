"""What planning costs: `snakemake -n` of image sets of any size, in a process of its own."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import yaml

from tests.conftest import copy_workflow

NOTHING: dict[str, list[str]] = {"movies": [], "reviews": [], "characters": [], "small": []}
IMAGES_A_SHARD = 5000


@dataclass(frozen=True)
class DryRun:
    """A plan: its jobs by rule; seconds on the wall and of the processors, and peak memory."""

    jobs: dict[str, int]
    wall: float
    processor: float
    peak_mb: float


def plan(folder: Path, *arguments: str) -> DryRun:
    """`snakemake -n` of the workflow's copy in `folder`."""
    with (folder / "plan.log").open("w+") as output:
        started = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "snakemake", *arguments, "-n", "--quiet", "rules"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(folder / "workflow")},
            stdout=output,
            stderr=output,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        output.seek(0)
        text = output.read()
    if status:
        raise RuntimeError(text)
    counts = {name: int(count) for name, count in re.findall(r"^(\w+) +(\d+)$", text, re.MULTILINE)}
    counts.pop("total")
    return DryRun(counts, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def plan_images(folder: Path, images: int) -> DryRun:
    """The plan of the target `images` on a synthetic manifest, from the features onwards."""
    copy_workflow(folder)
    write_manifest(folder, images)
    backbone = {
        "application": "VGG16",
        "layer": "block5_conv3",
        "weights": "random",
        "input_size": [224, 224],
        "shards": -(-images // IMAGES_A_SHARD),
        "passes": 5,
    }
    settings = {
        "source": {"statefarm": {}},
        "backbones": {"vgg16": backbone},
        "head": {"backbone": "vgg16"},
    }
    config = {"run": {"images": ["synthetic"], **NOTHING}, "images": {"synthetic": settings}}
    (folder / "synthetic.yaml").write_text(yaml.safe_dump(config))
    return plan(folder, "images", "--configfile", "synthetic.yaml")


def write_manifest(folder: Path, images: int) -> None:
    """A manifest of so many pictures that exist nowhere, and the source that it was made from."""
    source = folder / "data/images/synthetic/source.json"
    manifest = folder / "results/images/synthetic/manifest.csv"
    for path in (source, manifest):
        path.parent.mkdir(parents=True)
    source.write_text('{"root": "photos", "version": 1}\n')
    names = pd.Series([f"img_{number:07d}.jpg" for number in range(images)])
    number = pd.Series(range(images))
    tested = number % 5 > 0
    table = pd.DataFrame({"image_id": names, "path": "imgs/" + names})
    table["split"] = tested.map({True: "test", False: "train"})
    table["label"] = ("c" + (number // 5 % 10).astype(str)).where(~tested, "")
    table["group"] = ("p" + (number // 50 % 26).astype(str)).where(~tested, "")
    table = table.assign(width=640, height=480, sha256="0" * 64)
    table.to_csv(manifest, index=False)


def plan_config(folder: Path, target: str, configs: Sequence[str]) -> DryRun:
    """The plan of a target with configuration files that lie in the copy in `folder`."""
    return plan(folder, target, "--configfile", *configs)
