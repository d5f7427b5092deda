"""Groups that nobody wrote down: pictures of one scene, person or sequence, as far as can be seen.

No label is read. Two pictures are linked if each is among the nearest of the other in the feature
space of a network, and if their edges agree: either alone joins what does not belong together.
What is linked is a cluster. Clusters are then joined by average linkage, that is by the mean
agreement of the edges of their pictures (Sokal and Michener 1958): one likely pair joins nothing.
Pictures and clusters that are left join the cluster that they agree most with, or stay alone.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from practical_dl.images.audit.looks import BLOCK_ROWS, agreement, unit_edges
from practical_dl.scoring.metrics import PROPOSED

Rows = NDArray[np.int64]
Points = NDArray[np.float32]

NEIGHBOURS = 5
LINKED = 0.5
"""Agreement (cosine) of the edges of two pictures that are linked."""
MOST_CLUSTERS = 6000
"""So many, the largest, are compared all with all: 36 million distances."""


def proposed_groups(near: Rows, edges: NDArray[np.int8], joined: float) -> Rows:
    """The number of the group of each picture, from 0, the largest group first: (n,).

    Args:
        near: the nearest other pictures of each by features, nearest first: (n, NEIGHBOURS).
        edges: see `looks`, (n, d).
        joined: mean agreement of edges, from 0 to 1, from which clusters are one group.
    """
    clusters = linked_clusters(near, edges)
    sizes = np.bincount(clusters)
    order = np.argsort(-sizes, kind="stable")
    seeds = order[: min(MOST_CLUSTERS, int((sizes > 1).sum()))]
    if len(seeds) == 0:
        return _by_size(clusters)
    means = mean_edges(clusters, edges)
    group_of_seed = _average_linkage(means[seeds], joined)
    group = np.full(len(sizes), -1)
    group[seeds] = group_of_seed
    rest = order[len(seeds) :]
    group[rest] = _most_alike(means, rest, seeds, sizes[seeds], group_of_seed, joined)
    alone = group < 0
    group[alone] = group_of_seed.max() + 1 + np.arange(alone.sum())
    return _by_size(group[clusters])


def group_names(groups: Rows) -> list[str]:
    """Names of proposed groups: `scoring.metrics` knows by them that nobody wrote them down."""
    width = len(str(int(groups.max()) + 1))
    return [f"{PROPOSED} {number + 1:0{width}}" for number in groups]


def linked_clusters(near: Rows, edges: NDArray[np.int8]) -> Rows:
    """The cluster of each picture, (n,): connected by mutual neighbours whose edges agree."""
    count, links = near.shape
    first, second = np.repeat(np.arange(count), links), near.ravel()
    agreed = agreement(edges, first, second) >= LINKED
    ones = np.ones(int(agreed.sum()))
    graph = coo_matrix((ones, (first[agreed], second[agreed])), (count, count)).tocsr()
    found: Rows = connected_components(graph.multiply(graph.T), directed=False)[1].astype(np.int64)
    return found


def mean_edges(clusters: Rows, edges: NDArray[np.int8]) -> Points:
    """Means of the unit edges of each cluster: (clusters, d).

    Their products are the mean agreement of the pictures of two clusters.
    """
    sizes = np.bincount(clusters)
    means = np.zeros((len(sizes), edges.shape[1]), np.float32)
    for start in range(0, len(edges), BLOCK_ROWS):
        block = slice(start, start + BLOCK_ROWS)
        own = clusters[block]
        share = csr_matrix(
            (1 / sizes[own].astype(np.float32), (own, np.arange(len(own)))), (len(sizes), len(own))
        )
        rows = np.unique(own)
        means[rows] += share[rows] @ unit_edges(edges[block])
    return means


def _average_linkage(means: Points, joined: float) -> Rows:
    if len(means) == 1:
        return np.zeros(1, np.int64)
    distances = np.maximum(1 - means @ means.T, 0)
    np.fill_diagonal(distances, 0)
    tree = linkage(squareform(distances, checks=False), "average")
    found: Rows = fcluster(tree, 1 - joined, "distance").astype(np.int64) - 1
    return found


def _most_alike(
    means: Points, rest: Rows, seeds: Rows, sizes: Rows, groups: Rows, joined: float
) -> Rows:
    """The group that each cluster of the `rest` agrees most with, -1 if it is below `joined`."""
    share: NDArray[Any] = sizes / np.bincount(groups, sizes)[groups]
    of_groups = csr_matrix((share, (groups, np.arange(len(seeds)))))
    group_means = np.asarray(of_groups @ means[seeds])
    found = np.full(len(rest), -1)
    for start in range(0, len(rest), BLOCK_ROWS):
        block = slice(start, start + BLOCK_ROWS)
        agreed = means[rest[block]] @ group_means.T
        best = agreed.argmax(axis=1)
        found[block] = np.where(agreed.max(axis=1) >= joined, best, -1)
    return found


def _by_size(groups: Rows) -> Rows:
    """The same groups, numbered from the largest on."""
    sizes = np.bincount(groups)
    rank = np.empty(len(sizes), np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(sizes))
    return rank[groups]
