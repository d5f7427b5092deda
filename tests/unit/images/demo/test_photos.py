import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from practical_dl.files.artefacts import sha256_of_file
from practical_dl.images.demo.drawing import ARM_PIECE, draw_photo, draw_pose, elbow_of
from practical_dl.images.demo.photos import write_demo
from practical_dl.images.demo.poses import MISTAKEN, UNDECIDED, make_own_pose, make_pose
from practical_dl.images.demo.scene import (
    CAMERA_SHIFT,
    CLASSES,
    Driver,
    Stream,
    head_rest,
    make_driver,
    random_stream,
)
from practical_dl.job.runtime import Log

DRIVER = make_driver(seed=3, index=5)


LOG = Log("demo", io.StringIO(), io.StringIO())


def pixels(driver: Driver, label: int, frame: int) -> NDArray[np.float64]:
    photo = draw_pose(driver, make_own_pose(driver, label, frame), label, frame)
    return np.asarray(photo, dtype=np.float64)


def distance(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    return float(np.abs(first - second).mean())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("demo")
    write_demo(root, drivers=3, test_drivers=2, frames=2, seed=1, log=LOG)
    return root


def test_ten_classes_in_the_competitions_order() -> None:
    assert len(CLASSES) == 10
    assert (CLASSES[0], CLASSES[4], CLASSES[9]) == (
        "safe driving",
        "phone left",
        "talking to passenger",
    )


def test_photo_is_rgb_and_repeatable() -> None:
    photo = draw_photo(DRIVER, 2, 1)
    assert photo.mode == "RGB"
    assert photo.size == (96, 72)
    again = draw_photo(make_driver(seed=3, index=5), 2, 1)
    assert photo.tobytes() == again.tobytes()


def test_seed_and_index_each_make_another_driver() -> None:
    assert make_driver(3, 5) == DRIVER
    assert make_driver(3, 6).looks != DRIVER.looks
    assert make_driver(4, 5).looks != DRIVER.looks


def test_streams_differ_although_their_last_number_is_zero() -> None:
    draws = {
        float(random_stream(3, 5, stream, *parts).random())
        for stream, parts in (
            (Stream.DRIVER, ()),
            (Stream.HABIT, (0,)),
            (Stream.JITTER, (0, 0)),
            (Stream.JITTER, (0, 1)),
            (Stream.NOISE, (0, 0)),
        )
    }
    assert len(draws) == 5


@given(index=st.integers(0, 10_000), frame=st.integers(0, 50))
def test_hands_are_where_the_class_says(index: int, frame: int) -> None:
    driver = make_driver(0, index)
    head_x, head_y = head_rest(driver)
    poses = [make_pose(driver, label, frame) for label in range(10)]
    assert [pose.near_held for pose in poses[:8]] == [
        *("nothing", "phone", "phone", "nothing", "nothing", "nothing", "cup", "nothing")
    ]
    assert [label for label, pose in enumerate(poses) if pose.far_held == "phone"] == [3, 4]
    assert np.hypot(poses[2].near_hand[0] - head_x, poses[2].near_hand[1] - head_y) < 20
    assert np.hypot(poses[4].far_hand[0] - head_x, poses[4].far_hand[1] - head_y) < 25
    assert poses[7].near_hand[0] < 30 < poses[0].near_hand[0]
    assert poses[9].turn > poses[0].turn


def test_most_habits_are_of_the_class_and_some_are_not_in_every_frame_alike() -> None:
    habits = [(make_driver(1, index), label) for index in range(200) for label in range(10)]
    as_should_be, held = [], []
    for driver, label in habits:
        frames = [make_own_pose(driver, label, frame) for frame in (0, 1)]
        as_should_be.append(frames[0] == make_pose(driver, label, 0))
        assert frames[0].near_held == frames[1].near_held
        held.append(frames[0].near_held != make_pose(driver, label, 0).near_held)
    assert np.mean(as_should_be) == pytest.approx(1 - MISTAKEN - UNDECIDED, abs=0.03)
    assert 0.02 < np.mean(held) < MISTAKEN + UNDECIDED


def test_cameras_stand_at_either_side_as_far_as_said() -> None:
    shifts = [make_driver(1, index).camera.shift[0] for index in range(200)]
    assert -CAMERA_SHIFT < min(shifts) < -0.9 * CAMERA_SHIFT
    assert 0.9 * CAMERA_SHIFT < max(shifts) < CAMERA_SHIFT


def test_unknown_class_is_refused() -> None:
    with pytest.raises(ValueError, match="no class 10"):
        make_pose(DRIVER, 10, 0)


def test_frames_are_nearer_than_classes_and_classes_nearer_than_drivers() -> None:
    frames, classes, drivers = [], [], []
    for index in range(6):
        driver, other = make_driver(1, index), make_driver(1, index + 100)
        photo = pixels(driver, 0, 0)
        frames.append(distance(photo, pixels(driver, 0, 1)))
        classes.append(distance(photo, pixels(driver, 2, 0)))
        drivers.append(distance(photo, pixels(other, 0, 0)))
    assert 0 < np.mean(frames) < 0.7 * np.mean(classes)
    assert np.mean(classes) < 0.7 * np.mean(drivers)


def test_elbow_hangs_below_a_bent_arm_of_equal_pieces() -> None:
    elbow = elbow_of((0, 0), (30, 0))
    assert elbow == pytest.approx((15, np.sqrt(ARM_PIECE**2 - 15**2)))
    assert elbow_of((0, 0), (-30, 0)) == pytest.approx((-15, elbow[1]))
    assert elbow_of((0, 0), (60, 20)) == pytest.approx((30, 10))


def test_demo_has_kaggles_layout(demo: Path) -> None:
    listing = pd.read_csv(demo / "driver_imgs_list.csv")
    assert list(listing.columns) == ["subject", "classname", "img"]
    assert listing.groupby(["subject", "classname"]).size().eq(2).all()
    assert sorted(listing["subject"].unique()) == ["p000", "p001", "p002"]
    listed = {f"{row.classname}/{row.img}" for row in listing.itertuples()}
    found = {f"{path.parent.name}/{path.name}" for path in demo.glob("imgs/train/*/*.jpg")}
    assert listed == found
    assert len(found) == 60

    sample = pd.read_csv(demo / "sample_submission.csv")
    assert list(sample.columns) == ["img", *(f"c{label}" for label in range(10))]
    assert sample.iloc[:, 1:].eq(0.1).all(axis=None)
    assert set(sample["img"]) == {path.name for path in demo.glob("imgs/test/*.jpg")}

    truth = pd.read_csv(demo / "truth.csv")
    assert list(truth.columns) == ["image_id", "group", "label"]
    assert sorted(truth["group"].unique()) == ["p003", "p004"]
    assert truth["image_id"].equals(sample["img"].rename("image_id"))
    assert truth["label"].value_counts().to_dict() == {f"c{label}": 4 for label in range(10)}
    assert not set(truth["image_id"]) & set(listing["img"])


def test_names_do_not_tell_class_or_driver(demo: Path) -> None:
    listing = pd.read_csv(demo / "driver_imgs_list.csv")
    numbers = listing["img"].str.extract(r"img_(\d+)\.jpg")[0].astype(int)
    for column in ("subject", "classname"):
        codes = pd.factorize(listing[column])[0]
        assert abs(np.corrcoef(numbers, codes)[0, 1]) < 0.3


def test_test_photos_show_other_drivers_in_the_class_of_the_truth(demo: Path) -> None:
    truth = pd.read_csv(demo / "truth.csv").set_index("image_id")["label"]
    drawn = {
        f"c{label}": [pixels(make_driver(1, index), label, 0) for index in (3, 4)]
        for label in range(10)
    }
    for name, label in truth.items():
        photo = np.asarray(Image.open(demo / "imgs/test" / str(name)), dtype=np.float64)
        nearest = min(drawn, key=lambda key: min(distance(photo, d) for d in drawn[key]))
        assert nearest == label


def test_demo_is_byte_stable_and_replaces_an_older_one(demo: Path, tmp_path: Path) -> None:
    write_demo(tmp_path, drivers=4, test_drivers=2, frames=2, seed=2, log=LOG)
    write_demo(tmp_path, drivers=3, test_drivers=2, frames=2, seed=1, log=LOG)
    first, second = (
        {path.relative_to(root): sha256_of_file(path) for path in root.rglob("*.*")}
        for root in (demo, tmp_path)
    )
    assert first == second
    assert len(first) == 103
