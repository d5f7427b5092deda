"""How planning grows with the pictures, and what full size costs: writes into docs/scaling.md.

    python -m tests.bench.scale

plans synthetic image sets of 10^3 to 10^6 pictures with `snakemake -n`, draws
docs/scaling_growth.png, and replaces the part of docs/scaling.md between its two marks.
"""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import yaml
from matplotlib.figure import Figure

from practical_dl.report.plotting import COLOURS, DOTS_PER_INCH, new_axes
from practical_dl.settings import configuration
from tests.bench import full_size
from tests.bench.dry_runs import DryRun, plan_config, plan_images
from tests.bench.resources import ROOT, TABLE, rules_of
from tests.conftest import copy_workflow

PAGE = ROOT / "docs/scaling.md"
PLOT = ROOT / "docs/scaling_growth.png"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
BETWEEN = re.compile(r"(<!-- written by tests\.bench\.scale -->\n).*(<!-- end -->)", re.DOTALL)
COMPETITION = {"vgg16": {"pool": "none", "shards": 64, "passes": full_size.PASSES}}


def main() -> None:
    with TemporaryDirectory() as name:
        plans = {size: plan_images(_new(Path(name), str(size)), size) for size in SIZES}
        costs = full_costs(_new(Path(name), "full"))
    growth(plans).savefig(PLOT, dpi=DOTS_PER_INCH)
    text = f"{growth_table(plans)}\n![growth](scaling_growth.png)\n\n{cost_table(costs)}\n"
    page = PAGE.read_text()
    PAGE.write_text(BETWEEN.sub(lambda match: f"{match[1]}\n{text}\n{match[2]}", page))


def full_costs(folder: Path) -> list[full_size.Cost]:
    """Costs of the pipelines at full size; the copy in `folder` plans them."""
    copy_workflow(folder)
    statefarm = {"backbones": COMPETITION, "grid": {"components": 256}}
    (folder / "full.yaml").write_text(yaml.safe_dump({"images": {"statefarm": statefarm}}))
    measured, rules = pd.read_csv(TABLE), rules_of("config/real.yaml")
    full, large = ("config/real.yaml", "full.yaml"), ("config/ml_32m.yaml",)
    rated, reviewed = full_size.RATINGS * 32 / 1e9, full_size.REVIEWS / full_size.MEASURED_REVIEWS
    targets: list[tuple[str, str, float, tuple[str, ...], dict[str, float]]] = [
        ("State Farm, VGG16 14x14x512", "images", full_size.store_gigabytes(), full, {}),
        ("MovieLens 32M, `real.yaml`", "movies", rated, full, rating_costs(full[0], "movielens")),
        ("MovieLens 32M, `ml_32m.yaml`", "movies", rated, large, rating_costs(large[0], "ml_32m")),
        ("IMDB and 50,000 more", "reviews", reviewed * 0.05, full, {}),
    ]
    costs = []
    for name, pipeline, gigabytes, configs, known in targets:
        jobs = plan_config(folder, pipeline, configs).jobs
        del jobs[pipeline]
        costs.append(full_size.cost(name, pipeline, gigabytes, jobs, measured, rules, known))
    return costs


def rating_costs(path: str, dataset: str) -> dict[str, float]:
    """Processor seconds by rule of the models of ratings, as a configuration file sets them."""
    laid_over = yaml.safe_load((ROOT / path).read_text())["movies"][dataset]
    config = {"run": {}, "images": {}, "movies": {dataset: laid_over}, "reviews": {}}
    configuration.complete(config)
    return full_size.rating_seconds(config["movies"][dataset])


def growth(plans: dict[int, DryRun]) -> Figure:
    """Jobs, processor seconds and megabytes of planning over the number of pictures."""
    figure, axes = new_axes("pictures", "jobs, seconds, MB", "What planning costs")
    sizes = list(plans)
    lines = {
        "MB at the peak": [one.peak_mb for one in plans.values()],
        "jobs": [float(sum(one.jobs.values())) for one in plans.values()],
        "processor seconds": [one.processor for one in plans.values()],
    }
    for (label, values), colour, marker in zip(lines.items(), COLOURS, "os^", strict=False):
        axes.loglog(sizes, values, color=colour, marker=marker, label=label)
    axes.legend(frameon=False, fontsize=11)
    axes.set_ylim(1, None)
    return figure


def growth_table(plans: dict[int, DryRun]) -> str:
    """Markdown: a row a size."""
    rows = [
        f"| {size:,} | {one.jobs['extract_features']:,} | {sum(one.jobs.values()):,} "
        f"| {one.processor:.1f} | {one.wall:.1f} | {one.peak_mb:,.0f} |"
        for size, one in plans.items()
    ]
    header = "| pictures | extraction jobs | jobs | processor s | s on the wall | MB at the peak |"
    return "\n".join([header, "| --- | --- | --- | --- | --- | --- |", *rows, ""])


def cost_table(costs: list[full_size.Cost]) -> str:
    """Markdown: a row a data set."""
    rows = [
        f"| {one.name} | {one.jobs:,} | {one.gigabytes:,.1f} | {one.two_cores:,.1f} "
        f"| {one.gpu:,.1f} | {one.nodes:,.1f} |"
        for one in costs
    ]
    header = "| target | jobs | GB | hours on 2 cores | hours with one GPU | hours on 64 nodes |"
    return "\n".join([header, "| --- | --- | --- | --- | --- | --- |", *rows])


def _new(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return folder / name


if __name__ == "__main__":
    main()
