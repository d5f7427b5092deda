"""Points on a map: alike ones near each other, the same whatever else computes."""

import numpy as np
from threadpoolctl import threadpool_limits

from practical_dl.report.t_sne import on_plane

POINTS = np.concatenate([np.zeros((20, 4)), np.full((20, 4), 9.0)]).astype(np.float32)
POINTS += np.random.default_rng(0).normal(0, 0.1, POINTS.shape).astype(np.float32)


def test_two_heaps_stay_apart() -> None:
    places = on_plane(POINTS, 5.0, 1)
    centres = places[:20].mean(axis=0), places[20:].mean(axis=0)
    own = np.linalg.norm(places[:20] - centres[0], axis=1).max()
    assert np.linalg.norm(centres[1] - centres[0]) > 2 * own


def test_the_map_is_the_same_at_any_number_of_threads() -> None:
    with threadpool_limits(2):
        two = on_plane(POINTS, 5.0, 1)
    with threadpool_limits(1):
        np.testing.assert_array_equal(on_plane(POINTS, 5.0, 1), two)
