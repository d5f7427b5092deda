"""Scores of a text: only made-up text has closing tags; reports come in the order of the plan."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from practical_dl.small.characters import plan
from practical_dl.small.characters.scores import reports
from practical_dl.small.characters.titles import OF_CHARACTERS, TITLES

CONFIG: dict[str, Any] = {
    "characters": {"made_up": {"source": {"demo": {}}}, "own": {"source": {"file": {}}}}
}


@pytest.mark.parametrize("dataset", ["made_up", "own"])
def test_reports_are_made_in_the_order_of_the_plan(dataset: str) -> None:
    frame = pd.DataFrame({"nats": np.ones(10)})
    table = pd.DataFrame({"place": np.arange(4), "right": np.ones(4)})
    has_tags = plan.has_tags(CONFIG, dataset)
    assert has_tags == (dataset == "made_up")
    closing = dict.fromkeys(OF_CHARACTERS, table) if has_tags else {}
    made = reports(dict.fromkeys(TITLES, frame), closing, seed=1)
    names = {"held-out closing tags": "closing.json"}
    files = [f"{report['model']}/{names.get(report['part'], 'metrics.json')}" for report in made]
    assert files == plan.reports(CONFIG, dataset)
