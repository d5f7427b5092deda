"""How a bad input is written, and what its refusal must look like."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from practical_dl.job.errors import UserError
from tests.faults.conftest import Tally

Content = str | bytes


def refusal(read: Callable[[], Any]) -> str:
    with pytest.raises(UserError) as caught:
        read()
    message = str(caught.value)
    assert "\n" not in message.strip()
    assert len(message) < 1000, "a message fits on a screen"
    return message


def written(path: Path, content: Content) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def check(message: str, words: str, tally: Tally) -> None:
    assert any(word in message for word in words.split("|")), message
    tally("bad inputs told in one line", 1)
