"""Which models hidden groups are predicted by, from the configuration."""

from typing import Any

import pytest

from practical_dl.images.plan import hidden_groups as plan

PLAIN, CENTRED = (
    f"backbone-net_head-dense_pool-max_depth-2_width-8_dropout-0.5_features-{kind}_halves-0_share-1"
    for kind in ("plain", "centred")
)


def config(**hidden: Any) -> dict[str, Any]:
    axes = {"head": "dense", "pool": "max", "depth": 2, "width": 8, "dropout": 0.5, "halves": 0}
    product = {name: [value] for name, value in axes.items()}
    product |= {"features": ["plain", "centred", "augmented"], "share": [0.1, 1]}
    of_set = {
        "source": {"folder": {"path": "x", "train": "train", "test_folder": None}},
        "head": {"backbone": "net"},
        "grid": {"products": [product, {**product, "backbone": ["other"]}]},
        "submission": {"test_groups": 6},
        "hidden_groups": {"draws": 3, "groups": None, "members": None, **hidden},
    }
    return {"images": {"own": of_set}, "run": {"images": ["own"]}}


def test_heads_on_clean_features_of_all_rows_are_members() -> None:
    linear = ["linear_net", "regions_plain_net", "regions_centred_net"]
    assert plan.members(config(), "own") == [*linear, PLAIN, CENTRED]
    assert plan.members(config(members=["linear_net"]), "own") == ["linear_net"]


@pytest.mark.parametrize(("given", "hidden"), [(None, 6), (2, 2)])
def test_as_many_groups_are_hidden_as_the_test_has(given: int | None, hidden: int) -> None:
    assert plan.hidden(config(groups=given), "own") == hidden
    assert plan.draws(config(), "own") == [0, 1, 2]
    assert plan.files(config()) == ["results/images/own/pages/hidden_groups.html"]
