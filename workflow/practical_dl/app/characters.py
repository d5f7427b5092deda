"""Models of characters that go on where a sentence ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from practical_dl.app.limits import checked_text
from practical_dl.job.errors import UserError
from practical_dl.settings.results_lookup import made_file, run_config
from practical_dl.small.characters.parts import Learned, learned_by_model
from practical_dl.small.characters.titles import TITLES
from practical_dl.small.characters.writing import Reader
from practical_dl.sources.locations import source_path

WRITTEN = 120
SEED = 0


@dataclass
class Characters:
    """The models of a text, opened when they are first asked."""

    results: Path
    dataset: str
    readers: dict[str, Reader] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.path("lstm")

    def path(self, name: str) -> Path:
        return made_file(self.results, "characters", self.dataset, f"{name}/model.keras")

    @cached_property
    def settings(self) -> Mapping[str, Any]:
        config = run_config(self.results, "characters", self.dataset)
        text = str(self.results.parent / source_path(config, "characters", self.dataset))
        return {**config["characters"][self.dataset], "path": text}

    @cached_property
    def learned(self) -> Mapping[str, Learned]:
        return learned_by_model(self.settings)

    def written(self, start: str, temperature: float) -> dict[str, str]:
        """What each model writes behind `start`, by its title; drawn with the same numbers.

        Raises:
            UserError: `start` is empty, or has a character that the text has not.
        """
        from practical_dl.small.characters.readers import read_reader, written_on

        if not checked_text(start):
            raise UserError("start: empty; begin a sentence")
        if not 0.1 <= temperature <= 2:
            raise UserError("temperature: from 0.1 to 2")
        found = {}
        for name, title in TITLES.items():
            learned = self.learned[name]
            if name not in self.readers:
                self.readers[name] = read_reader(self.path(name), name, learned, self.settings)
            count = WRITTEN // 5 if learned.of_words else WRITTEN
            found[title] = written_on(self.readers[name], learned, start, count, temperature, SEED)
        return found
