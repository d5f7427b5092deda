from pathlib import Path

import numpy as np
import pandas as pd

from practical_dl.files.artefacts import write_csv
from practical_dl.images.sample.store import SamplePictures
from practical_dl.images.sample.trainings import read_runs, run_frame
from practical_dl.inspection.tables import describe_csv


def test_classes_called_as_columns_come_back(tmp_path: Path) -> None:
    classes = ("seed", "seed_1", "setting", "true")
    rows = pd.DataFrame({"image_id": list("wxyz"), "group": list("ppqq"), "label": [3, 2, 1, 0]})
    sample = SamplePictures(np.zeros((4, 2, 2, 3), np.uint8), rows, classes)
    probabilities = np.eye(4)[::-1]
    path = tmp_path / "runs.csv"
    write_csv(path, run_frame("plain", 7, sample, np.arange(4), probabilities))
    assert path.read_text().splitlines()[0] == (
        "setting,seed,id,group,true,class seed,class seed_1,class setting,class true"
    )
    runs = read_runs(path)
    assert runs.classes == classes
    assert runs.labels.tolist() == [3, 2, 1, 0]
    assert runs.probabilities.tolist() == probabilities.tolist()
    assert describe_csv(path).facts["classes"] == "seed, seed_1, setting, true"
