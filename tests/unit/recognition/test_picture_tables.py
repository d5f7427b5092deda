"""Tables of pictures; the names are matched by the `table` source itself."""

from pathlib import Path

import pytest
from tests.unit.recognition.conftest import (
    config,
    found,
    lay,
    numbered,
    settings_of,
    write,
    write_json,
)

from practical_dl.images.pictures.own_table import read_rows
from practical_dl.job.errors import UserError
from practical_dl.recognition.finding import Finding
from practical_dl.recognition.recognising import recognise
from practical_dl.tables.table import Options


def labels(finding: Finding) -> dict[str, int]:
    """The classes with their pictures, as the source reads what was found."""
    _, settings = settings_of(finding)
    root = Path(settings["pictures"])
    present = [path.relative_to(root).as_posix() for path in sorted(root.rglob("*.[jp][pn]g"))]
    columns = {
        key: settings[key] for key in ("image", "label", "group", "split") if key in settings
    }
    rows = read_rows(Path(settings["path"]), columns, Options(), present)
    assert not rows.mistakes.found
    return {str(key): int(count) for key, count in rows.frame["label"].value_counts().items()}


def cassava() -> None:
    lay(numbered("cassava/train_images/{}.jpg", 20))
    lay(numbered("cassava/test_images/{}.jpg", 4))
    rows = [f"{n}.jpg,{n % 2},p{n % 8},{n % 4}" for n in range(20)]
    write("cassava/train.csv", "image_id,label,patient_id,fold", rows)
    write_json("cassava/label_names.json", {"0": "Blight", "1": "Healthy"})
    write("cassava/sample_submission.csv", "image_id,label", ["0.jpg,0"])


@pytest.mark.parametrize("path", ["cassava", "cassava/train.csv"])
def test_kaggles_table_with_all_that_lies_beside_it(path: str) -> None:
    cassava()
    finding = found(path)
    assert settings_of(finding) == (
        "table",
        {
            "path": "cassava/train.csv",
            "pictures": "cassava/train_images",
            "image": "image_id",
            "label": "label",
            "group": "patient_id",
            "split": "fold",
            "labels": "cassava/label_names.json",
            "test": "cassava/test_images",
            "sample_submission": "cassava/sample_submission.csv",
        },
    )
    told = " / ".join(finding.taken)
    assert "2 classes: 0 (Blight) 10, 1 (Healthy) 10" in told
    assert "'patient_id': the group (8 of them)" in told
    assert any("'fold' looks like a ready-made split (4 folds); taken" in u for u in finding.unsure)
    assert labels(finding) == {"0": 10, "1": 10}


def test_the_config_of_it_has_few_lines_and_reads_back() -> None:
    cassava()
    read = config("cassava/train.csv", "leaves")
    assert read["run"] == {
        "images": ["leaves"], "movies": [], "reviews": [], "characters": [], "small": []
    }  # fmt: skip
    assert read["images"]["leaves"]["source"]["table"]["pictures"] == "cassava/train_images"
    assert read["images"]["leaves"]["head"] == {"backbone": "mobilenet"}


def test_ids_without_suffix_and_a_second_table_to_predict() -> None:
    lay(numbered("plants/images/Train_{}.jpg", 12))
    lay(numbered("plants/images/Test_{}.jpg", 3))
    write("plants/train.csv", "image_id,disease", [f"Train_{n},{'rs'[n % 2]}" for n in range(12)])
    write("plants/test.csv", "image_id", numbered("Test_{}", 3))
    finding = found("plants")
    settings = settings_of(finding)[1]
    assert settings["pictures"] == "plants/images"
    assert settings["test"] == "plants/test.csv"
    assert any("'disease' (2 values) is taken as the class by what" in u for u in finding.unsure)
    assert labels(finding) == {"r": 6, "s": 6}


def test_names_that_lie_in_train_and_test_are_those_of_train() -> None:
    lay([*numbered("breeds/train/{}.jpg", 8), *numbered("breeds/test/{}.jpg", 8)])
    write("breeds/labels.csv", "id,breed", [f"{n},{'ab'[n % 2]}" for n in range(8)])
    settings = settings_of(found("breeds"))[1]
    assert settings["pictures"] == "breeds/train"
    assert settings["test"] == "breeds/test"


def test_names_with_folders() -> None:
    lay([f"birds/images/{'ab'[n % 2]}/{n}.jpg" for n in range(12)])
    rows = [
        f"{'ab'[n % 2]}/{n}.jpg;{'ab'[n % 2]};{'train' if n < 8 else 'test'}" for n in range(12)
    ]
    write("birds/birds.csv", "filepath;species;part", rows)
    finding = found("birds")
    settings = settings_of(finding)[1]
    assert settings["pictures"] == "birds/images"
    assert settings["split"] == "part"
    assert settings["test"] == "rows"


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_imagefolder_of_hugging_face(suffix: str) -> None:
    lay([*numbered("set/train/{}.png", 8), *numbered("set/test/{}.png", 2)])
    if suffix == "csv":
        rows = [f"{n}.png,{'ab'[n % 2]}" for n in range(8)]
        write("set/train/metadata.csv", "file_name,label", rows)
    else:
        lines = [f'{{"file_name": "{n}.png", "label": "{"ab"[n % 2]}"}}' for n in range(8)]
        write("set/train/metadata.jsonl", lines[0], lines[1:])
    finding = found("set")
    settings = settings_of(finding)[1]
    assert settings["path"] == f"set/train/metadata.{suffix}"
    assert settings["pictures"] == "set/train"
    assert settings["test"] == "set/test"
    assert labels(finding) == {"a": 4, "b": 4}


@pytest.mark.parametrize(
    ("header", "row", "reason"),
    [
        ("image,healthy,rust,scab", "{n}.jpg,{a},{b},0", "one column a class"),
        ("image,age", "{n}.jpg,{n}.5", "regression"),
        ("image,label", "{n}.jpg,{n}.25", "regression"),
        ("image,labels", "{n}.jpg,x{c}|y{a}|z{b}", "several labels a picture"),
        ("image,label", "{n}.jpg,same", "one value only"),
        ("image,label", "{n}.jpg,name{n}", "different in almost every row"),
        ("image,left,right", "{n}.jpg,l{a},r{c}", "several columns could be the class"),
        ("image,label", "gone{n}.jpg,l{a}", "none of them lies below"),
        ("url,label", "http://x.org/{n}.jpg,l{a}", "download the pictures"),
    ],
)
def test_what_is_refused(header: str, row: str, reason: str) -> None:
    lay(numbered("set/{}.jpg", 24))
    rows = [row.format(n=n, a=n % 2, b=(n + 1) % 2, c=n % 3) for n in range(24)]
    write("set/train.csv", header, rows)
    with pytest.raises(UserError, match=reason):
        found("set/train.csv")


def test_pictures_that_are_missing_are_told_and_dropped() -> None:
    lay(numbered("set/{}.jpg", 10))
    write("set/train.csv", "image,label", [f"{n}.jpg,{'ab'[n % 2]}" for n in range(12)])
    finding = found("set")
    assert settings_of(finding)[1]["on_bad_rows"] == "drop"
    assert any("2 rows without a picture that is there" in line for line in finding.unsure)


def test_numbers_of_classes_are_classes_and_an_id_that_repeats_is_asked_about() -> None:
    lay(numbered("set/{}.jpg", 30))
    write("set/t.csv", "image,label,herd_id", [f"{n}.jpg,{n % 5},{n % 7}" for n in range(30)])
    finding = found("set")
    assert "5 classes: 0 6, 1 6, 2 6, 3 6, 4 6" in " / ".join(finding.taken)
    assert any("'herd_id' repeats" in line for line in finding.unsure)
    assert "group" not in settings_of(finding)[1]


def test_a_ready_made_split_that_tears_groups_is_not_used() -> None:
    lay(numbered("set/{}.jpg", 40))
    rows = [f"{n}.jpg,{n % 2},p{n // 2 % 5},{n % 4}" for n in range(40)]
    write("set/t.csv", "image,label,patient,fold", rows)
    finding = found("set")
    assert "split" not in settings_of(finding)[1]
    parts = ("train", "valid", "test")
    rows = [f"{n}.jpg,{n % 2},p{n // 2 % 5},{parts[n % 3]}" for n in range(40)]
    write("set/t.csv", "image,label,patient,part", rows)
    of_parts = found("set")
    assert settings_of(of_parts)[1]["test"] == "rows"
    assert of_parts.sections["split"] == {"given": "ignore"}
    assert any("5 groups of 'patient' stand on several sides" in line for line in finding.unsure)


def test_a_group_for_each_class_is_no_group() -> None:
    lay(numbered("set/{}.jpg", 40))
    rows = [f"{n}.jpg,{'abc'[n % 3]},p{n % 3}" for n in range(40)]
    write("set/t.csv", "image,label,patient", rows)
    finding = found("set")
    assert "group" not in settings_of(finding)[1]
    assert any("the classes a, b, c stand in one group only" in u for u in finding.unsure)


def garden() -> None:
    lay(numbered("garten/bilder/b{}.png", 40))
    rows = [f"b{n};{'abc'[n % 3]};beet {n % 10}" for n in range(40)]
    write("garten/liste.csv", "Bildnr;Art;Garten", rows)


def test_names_without_suffix_are_found_whatever_their_column_is_called() -> None:
    garden()
    finding = found("garten/liste.csv")
    settings = settings_of(finding)[1]
    assert (settings["image"], settings["label"]) == ("Bildnr", "Art")
    assert "'Bildnr' is taken as the pictures by what it holds: `image`" in finding.unsure
    (told,) = [line for line in finding.unsure if line.startswith("'Art'")]
    assert "'Garten' (10 values) could be it too" in told


def test_the_column_of_the_classes_can_be_said() -> None:
    garden()
    settings = settings_of(recognise(Path("garten/liste.csv"), label="Garten"))[1]
    assert settings["label"] == "Garten"
    with pytest.raises(UserError, match="no column 'garten'; it has 'Art', 'Garten'"):
        recognise(Path("garten/liste.csv"), label="garten")


def test_a_picture_with_two_classes_is_told() -> None:
    cassava()
    path = Path("cassava/train.csv")
    first = path.read_text().splitlines()[1]
    changed = first.replace(",0,", ",1,") if ",0," in first else first.replace(",1,", ",0,")
    path.write_text(f"{path.read_text()}{changed}\n")
    assert any("1 picture with several classes" in line for line in found(str(path)).unsure)
