"""Saved models that go on where a text ends."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from practical_dl.files.model_files import load_model
from practical_dl.small.characters.models import recurrent_model
from practical_dl.small.characters.parts import WORD, Learned, encode
from practical_dl.small.characters.titles import WINDOWS
from practical_dl.small.characters.writing import Reader, StateReader, WindowReader, continue_text


def read_reader(path: Path, name: str, learned: Learned, settings: Mapping[str, Any]) -> Reader:
    """The model of that `name` at `path`, reading one symbol after the other.

    settings: of the text, by kind of network.

    Raises:
        UserError: the file is absent or damaged.
    """
    model = load_model(path)
    if name in WINDOWS:
        return WindowReader(model, WINDOWS[name].length)
    writer = recurrent_model(name, len(learned.names), settings[name], (1, 1))
    writer.set_weights(model.get_weights())
    return StateReader(writer)


def written_on(
    reader: Reader, learned: Learned, start: str, count: int, temperature: float, seed: int
) -> str:
    """What a model writes behind `start`, `count` symbols of it.

    Raises:
        UserError: `start` has a character that the model has never seen.
    """
    symbols = WORD.findall(start.lower()) if learned.of_words else list(start)
    given = encode(symbols, learned.names).tolist()
    written = continue_text(reader, given, count, temperature, seed)
    between = " " if learned.of_words else ""
    return between + between.join(learned.names[number] for number in written)
