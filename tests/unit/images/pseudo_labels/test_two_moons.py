import numpy as np

from practical_dl.images.pseudo_labels.two_moons import COUNT, moons, self_training, two_labelled


def test_two_points_are_labelled_one_of_each_moon() -> None:
    points, true = moons(0)
    labels = two_labelled(points, true)
    known = np.flatnonzero(labels >= 0)
    assert len(known) == 2
    assert sorted(labels[known]) == [0, 1]
    assert (labels[known] == true[known]).all()


def test_rounds_label_every_point_and_straighten_out_what_two_points_could_not() -> None:
    points, true = moons(42)
    steps = self_training(points, true)
    counts = [(step.labels >= 0).sum() for step in steps]
    assert counts[0] == 2
    assert counts == sorted(counts)
    assert counts[-1] == COUNT
    assert steps[0].accuracy < 0.9
    assert steps[-1].accuracy > 0.95
