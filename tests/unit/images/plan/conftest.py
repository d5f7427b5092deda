from pathlib import Path
from typing import Any

import pytest
import yaml

from practical_dl.settings import configuration

ROOT = Path(__file__).parents[4]


@pytest.fixture
def config() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "config/config.yaml").read_text())
    configuration.complete(found)
    return found
