from pathlib import Path

import pandas as pd

from practical_dl.files.artefacts import write_csv


def predictions(path: Path, ids: str, chance: float) -> str:
    """Rows `ids` of class a in two groups, each with this chance of a."""
    frame = pd.DataFrame({"id": list(ids), "group": ["g", "h"] * (len(ids) // 2), "true": "a"})
    write_csv(path, frame.assign(a=chance, b=1 - chance))
    return str(path)


def runs(path: Path, ids: str, chances: dict[str, list[float]]) -> str:
    """Rows of several settings, with the chance of a at each seed."""
    frames = [
        pd.DataFrame(
            {"setting": setting, "seed": seed, "id": list(ids), "group": "g", "true": "a"}
        ).assign(a=chance, b=1 - chance)
        for setting, of_seeds in chances.items()
        for seed, chance in enumerate(of_seeds)
    ]
    write_csv(path, pd.concat(frames))
    return str(path)
