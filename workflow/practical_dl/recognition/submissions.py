"""What a competition's sample submission asks for: probabilities of classes, of one, or labels."""

from typing import Any

from practical_dl.images.pictures.names import clean_text
from practical_dl.job.errors import named
from practical_dl.recognition.columns import columns_of
from practical_dl.recognition.finding import Finding
from practical_dl.recognition.place import Place

_POSITIVE = ("1", "yes", "true", "pos", "positive", "dog")


def add_submission(place: Place, name: str, finding: Finding, settings: dict[str, Any]) -> None:
    """Add the sample submission `name` to the settings of a source, if its format is supported."""
    start = place.table(name)
    if start is None or len(start.columns) < 2:
        return
    asked = [clean_text(column) for column in start.columns[1:]]
    if set(asked) != set(finding.classes) and len(asked) > 1:
        finding.unsure.append(
            f"{name} asks for {named(asked)}, which are not the classes: left out"
        )
        return
    if len(asked) == 1:
        are_numbers = columns_of(start)[1].numbers is not None
        if len(finding.classes) == 2 and are_numbers:
            _add_positive(finding)
        elif are_numbers and "labels" not in settings and not all(map(_is_number, finding.classes)):
            finding.unsure.append(
                f"{name} asks for numbers, but the classes have names; left out until "
                "a JSON file of numbers and names is given (source: table: labels)"
            )
            return
    settings["sample_submission"] = name
    finding.taken.append(f"{name}: the format of the submission")


def _add_positive(finding: Finding) -> None:
    likely = (one for one in finding.classes if one.lower() in _POSITIVE)
    positive = next(likely, max(finding.classes))
    finding.sections["submission"] = {"positive": positive}
    finding.unsure.append(
        f"the submission is taken to ask for the probability of {positive!r} (submission: "
        "positive; for labels, answer: label)"
    )


def _is_number(name: str) -> bool:
    return name.lstrip("-").isdecimal()
