"""A person's decisions: proposed, read, and what they change."""

from pathlib import Path

import pandas as pd
import pytest

from practical_dl.images.audit.corrections import (
    COLUMNS,
    corrected,
    proposed_corrections,
    read_corrections,
)
from practical_dl.job.errors import UserError

LISTED = pd.DataFrame(
    {
        "image_id": ["a", "b", "c", "d", "e", "f", "t"],
        "path": [f"x/{name}.jpg" for name in "abcdeft"],
        "split": ["train"] * 6 + ["test"],
        "label": ["cat", "cat", "cat", "dog", "dog", "dog", ""],
        "group": "",
    }
)


def decided(folder: Path, text: str) -> tuple[Path, pd.DataFrame]:
    path = folder / "corrections.csv"
    path.write_text(f"image_id,action,label,why\n{text}")
    return path, read_corrections(path)


def test_every_finding_is_proposed_once_to_be_kept() -> None:
    suspects = pd.DataFrame({"image_id": ["b"], "predicted": ["dog"]})
    outliers = pd.DataFrame({"image_id": ["b", "c"], "cause": ["blurred", "tiny"]})
    copies = pd.DataFrame(
        {"image_id": ["a", "c"], "other": ["d", "e"], "across": ["classes", "sides of the split"]}
    )
    found = proposed_corrections(suspects, outliers, copies)
    assert list(found.columns) == COLUMNS
    assert found.to_numpy().tolist() == [
        ["a", "keep", "", "copy under another class"],
        ["b", "keep", "dog", "label suspect; blurred"],
        ["c", "keep", "", "tiny"],
        ["d", "keep", "", "copy under another class"],
    ]


def test_relabel_and_drop_change_what_they_name_and_keep_changes_nothing(tmp_path: Path) -> None:
    path, table = decided(tmp_path, "a,relabel,dog,\nb,keep,dog,\nf,drop,,blurred\n")
    stay, gone, told = corrected(LISTED.drop(index=[]), table, path)
    assert dict(zip(stay["image_id"], stay["label"], strict=True)) == {
        "a": "dog", "b": "cat", "c": "cat", "d": "dog", "e": "dog", "t": "",
    }  # fmt: skip
    assert gone.to_numpy().tolist() == [["f", "x/f.jpg", "dropped by corrections"]]
    assert "1 picture relabelled and 1 picture dropped, of 3 decisions" in told[0]
    assert list(LISTED["label"][:1]) == ["cat"]


def test_a_new_class_needs_two_pictures(tmp_path: Path) -> None:
    path, one = decided(tmp_path, "a,relabel,lynx,\n")
    with pytest.raises(UserError, match=r"too few pictures of a class: lynx \(1\)"):
        corrected(LISTED, one, path)
    path, two = decided(tmp_path, "a,relabel,lynx,\nd,relabel,lynx,\n")
    assert set(corrected(LISTED, two, path)[0]["label"]) == {"cat", "dog", "lynx", ""}


def test_a_class_may_go_but_not_all_but_one(tmp_path: Path) -> None:
    path, table = decided(tmp_path, "d,drop,,\ne,drop,,\nf,drop,,\n")
    with pytest.raises(UserError, match="one class only"):
        corrected(LISTED, table, path)


def test_all_mistakes_come_at_once(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        decided(tmp_path, "a,remove,,\nb,relabel,,\nc,keep,,\nc,drop,,\n")
    message = str(caught.value)
    for part in ("action must be one of keep, relabel, drop: a", "relabel without a label: b"):
        assert part in message
    assert "stands twice: c" in message


def test_absent_pictures_and_test_pictures_are_refused(tmp_path: Path) -> None:
    path, table = decided(tmp_path, "z,drop,,\nt,relabel,dog,\n")
    with pytest.raises(UserError, match=r"not in the data set: z; of the test part.*: t"):
        corrected(LISTED, table, path)


def test_decisions_to_keep_may_name_what_is_gone(tmp_path: Path) -> None:
    path, table = decided(tmp_path, "z,keep,,\n")
    stay, gone, _ = corrected(LISTED, table, path)
    assert len(stay) == len(LISTED)
    assert gone.empty
