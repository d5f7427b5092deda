"""What the faults count together: one table at the end of the run."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Tally = Callable[[str, int], None]

WORDS = (
    "kills survived",
    "other faults survived",
    "bad inputs told in one line",
    "hostile inputs refused",
    "fuzz executions",
    "artefacts compared byte for byte",
    "differences found",
)


@pytest.fixture(scope="session")
def tally(request: pytest.FixtureRequest) -> Iterator[Tally]:
    """Counts, by one of WORDS, what a run has seen; workers write theirs beside each other."""
    counts: Counter[str] = Counter()

    def count(word: str, number: int) -> None:
        assert word in WORDS
        counts[word] += number

    yield count
    folder = Path(request.config.cache.mkdir("faults"))
    worker = getattr(request.config, "workerinput", {}).get("workerid", "alone")
    (folder / f"{worker}.json").write_text(json.dumps(counts))


def pytest_sessionstart(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        for old in Path(session.config.cache.mkdir("faults")).glob("*.json"):
            old.unlink()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    total: Counter[str] = Counter()
    for path in Path(config.cache.mkdir("faults")).glob("*.json"):
        total.update(json.loads(path.read_text()))
    if not total:
        return
    failed = len(terminalreporter.stats.get("failed", []))
    terminalreporter.section("faults")
    for word in WORDS[:-1]:
        terminalreporter.write_line(f"{word:<36}{total[word]:>8,}")
    terminalreporter.write_line(f"{WORDS[-1]:<36}{failed or 'none':>8}")
