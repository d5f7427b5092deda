"""The demo data set: drawn photos of invented drivers, laid out as Kaggle's State Farm files."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd

from practical_dl.files.artefacts import write_csv
from practical_dl.images.demo.drawing import draw_pose
from practical_dl.images.demo.poses import make_own_pose
from practical_dl.images.demo.scene import CLASSES, make_driver
from practical_dl.job.runtime import Log

JPEG_QUALITY = 90
CLASS_NAMES = [f"c{label}" for label in range(len(CLASSES))]


def write_demo(
    root: Path, drivers: int, test_drivers: int, frames: int, seed: int, log: Log
) -> None:
    """Write a demo data set below `root`, whose folder `imgs` it replaces.

    Kaggle's State Farm layout: imgs/train/cN/img_X.jpg, imgs/test/img_X.jpg,
    driver_imgs_list.csv (subject, classname, img) and sample_submission.csv (img, c0..c9).
    Beside it truth.csv (image_id, group, label) has driver and class of the test photos. Each
    driver shows every class in `frames` photos; no driver is in both parts. Numbers in names
    are shuffled over both parts. Equal arguments give equal bytes.
    """
    photos = list_photos(drivers, test_drivers, frames, seed)
    _draw_photos(root, photos, seed, log)
    train = photos[photos["part"] == "train"].sort_values(["group", "label", "img"])
    test = photos[photos["part"] == "test"].sort_values("img")
    listing = {"group": "subject", "label": "classname", "img": "img"}
    write_csv(root / "driver_imgs_list.csv", train[[*listing]].rename(columns=listing))
    sample = test[["img"]].assign(**dict.fromkeys(CLASS_NAMES, 0.1))
    write_csv(root / "sample_submission.csv", sample)
    truth = {"img": "image_id", "group": "group", "label": "label"}
    write_csv(root / "truth.csv", test[[*truth]].rename(columns=truth))


def list_photos(drivers: int, test_drivers: int, frames: int, seed: int) -> pd.DataFrame:
    """One row per photo: part (train or test), group, label, img, and what to draw:
    driver (index), class_index, frame.
    """
    keys = np.indices((drivers + test_drivers, len(CLASSES), frames)).reshape(3, -1).T
    photos = pd.DataFrame(keys, columns=["driver", "class_index", "frame"])
    numbers = np.random.default_rng(seed).permutation(len(photos))
    return photos.assign(
        part=np.where(photos["driver"] < drivers, "train", "test"),
        group=[f"p{driver:03d}" for driver in photos["driver"]],
        label=[CLASS_NAMES[index] for index in photos["class_index"]],
        img=[f"img_{number}.jpg" for number in numbers],
    )


def _draw_photos(root: Path, photos: pd.DataFrame, seed: int, log: Log) -> None:
    shutil.rmtree(root / "imgs", ignore_errors=True)
    folders = {"train": root / "imgs" / "train", "test": root / "imgs" / "test"}
    for folder in (folders["test"], *(folders["train"] / name for name in CLASS_NAMES)):
        folder.mkdir(parents=True)
    people = {int(index): make_driver(seed, int(index)) for index in photos["driver"].unique()}
    keys = photos[["driver", "class_index", "frame"]].to_numpy().tolist()
    places = [
        folders["test"] / img if part == "test" else folders["train"] / label / img
        for part, label, img in zip(photos["part"], photos["label"], photos["img"], strict=True)
    ]
    rows = log.track(zip(keys, places, strict=True), len(places), "photos")
    for (index, label, frame), place in rows:
        driver = people[index]
        pose = make_own_pose(driver, label, frame)
        draw_pose(driver, pose, label, frame).save(place, quality=JPEG_QUALITY)
