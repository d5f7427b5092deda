"""Proposed groups: scenes whose pictures agree in part are found, and nothing else is joined."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.images.audit.groups import (
    NEIGHBOURS,
    group_names,
    linked_clusters,
    mean_edges,
    proposed_groups,
)
from practical_dl.images.audit.looks import agreement
from practical_dl.images.features.look_alikes import nearest

SIDES = 400


def scenes(count: int, each: int, seed: int, shared: float = 0.8) -> np.ndarray:
    """Edges (count * each, SIDES): of a scene's edges a share is that of all its pictures."""
    rng = np.random.default_rng(seed)
    fixed = rng.choice([-1, 1], (count, SIDES)).repeat(each, axis=0)
    own = rng.choice([-1, 1], (count * each, SIDES))
    return np.where(np.arange(SIDES) < shared * SIDES, fixed, own).astype(np.int8)


def points_of(edges: np.ndarray) -> np.ndarray:
    return edges.astype(np.float32)


def test_scenes_become_groups() -> None:
    edges = scenes(4, 12, seed=1)
    near = nearest(points_of(edges), NEIGHBOURS)
    found = proposed_groups(near, edges, 0.42)
    assert [len(set(found[12 * k : 12 * k + 12])) for k in range(4)] == [1, 1, 1, 1]
    assert len(set(found)) == 4


def test_pictures_that_share_nothing_stay_alone_though_each_has_neighbours() -> None:
    edges = scenes(1, 30, seed=2, shared=0)
    near = nearest(points_of(edges), NEIGHBOURS)
    assert sorted(proposed_groups(near, edges, 0.42)) == list(range(30))


def test_a_link_needs_both_sides_and_agreeing_edges() -> None:
    edges = np.array([[1, 1, 1, 1], [1, 1, 1, 1], [-1, -1, 1, 1], [1, 1, 1, 1]], np.int8)
    near = np.array([[1], [0], [3], [0]])  # 3 names 0, which does not name it; 2 names 3
    assert linked_clusters(near, edges).tolist() == [0, 0, 1, 2]
    assert agreement(edges, np.array([0, 0]), np.array([1, 2])).tolist() == [1, 0]
    disagreeing = np.array([[1], [0], [3], [2]])
    assert linked_clusters(disagreeing, edges)[2] != linked_clusters(disagreeing, edges)[3]


def test_clusters_are_joined_by_the_mean_agreement_of_their_pictures() -> None:
    """Two clusters of two: means agree by 0.5, so 0.4 joins them and 0.6 does not."""
    edges = np.array([[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, -1], [1, 1, 1, -1]], np.int8)
    near = np.array([[1], [0], [3], [2]])
    clusters = linked_clusters(near, edges)
    means = mean_edges(clusters, edges)
    assert (means @ means.T).tolist() == [[1, 0.5], [0.5, 1]]
    assert len(set(proposed_groups(near, edges, 0.4))) == 1
    assert len(set(proposed_groups(near, edges, 0.6))) == 2


def test_a_picture_that_nothing_links_joins_the_group_that_it_agrees_with() -> None:
    edges = np.array([[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, -1], [-1, 1, -1, 1]], np.int8)
    near = np.array([[1], [0], [3], [0]])
    assert proposed_groups(near, edges, 0.4).tolist() == [0, 0, 0, 1]


def test_the_largest_group_has_the_first_name() -> None:
    assert group_names(np.array([0, 9, 0])) == ["proposed 01", "proposed 10", "proposed 01"]


@given(st.integers(1, 4), st.integers(1, 7), st.integers(0, 5))
def test_every_picture_has_a_group_and_numbers_go_by_size(count: int, each: int, seed: int) -> None:
    edges = scenes(count, each, seed)
    found = proposed_groups(nearest(points_of(edges), NEIGHBOURS), edges, 0.42)
    sizes = np.bincount(found)
    assert len(found) == len(edges)
    assert (sizes > 0).all()
    assert (np.diff(sizes) <= 0).all()
