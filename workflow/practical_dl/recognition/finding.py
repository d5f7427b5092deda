"""What a recogniser says: a data set of one pipeline, or why there is none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from practical_dl.job.errors import counted

MOST_SHOWN = 20
LONGEST_SHOWN = 40


@dataclass
class Finding:
    """A data set: the kind of its source with its settings, and other keys of the data set.

    `taken` says in words what was taken for what, `unsure` what may be wrong, with the key to set.
    """

    pipeline: str
    what: str
    source: Mapping[str, Mapping[str, Any]]
    sections: dict[str, Any] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Refusal:
    """Why something that looks like a data set is none, and what to do."""

    reason: str


Answer = Finding | Refusal | None


def first_finding(answers: Iterable[Answer]) -> Answer:
    """The first data set, without asking further; if there is none, the first refusal."""
    refusal: Answer = None
    for answer in answers:
        if isinstance(answer, Finding):
            return answer
        refusal = refusal or answer
    return refusal


def drop_rows(count: int, lack: str, finding: Finding, settings: dict[str, Any]) -> None:
    """Have the rows left out that a source would otherwise refuse, and tell how many."""
    settings["on_bad_rows"] = "drop"
    finding.unsure.append(
        f"{counted(count, 'row')} without {lack}: left out and listed (on_bad_rows: drop)"
    )


def shortened(text: str) -> str:
    """A name that may be a whole text, cut where it is long."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."


def classes_told(counts: Mapping[str, int], names: Mapping[str, str] | None = None) -> str:
    """Classes with the number of rows of each, the largest first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    shown = [
        f"{name} ({names[name]}) {count:,}" if names and name in names else f"{name} {count:,}"
        for name, count in ordered[:MOST_SHOWN]
    ]
    more = len(ordered) - MOST_SHOWN
    end = f", and {more:,} more" if more > 0 else ""
    return f"{counted(len(ordered), 'class', 'classes')}: {', '.join(shown)}{end}"
