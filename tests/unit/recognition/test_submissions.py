"""What a sample submission asks for."""

from collections.abc import Sequence

import pytest
from tests.unit.recognition.conftest import found, lay, numbered, settings_of, write


def competition(classes: Sequence[str], header: str, row: str) -> None:
    lay([f"set/train/{classes[n % len(classes)]}/{n}.jpg" for n in range(12)])
    lay(numbered("set/test/{}.jpg", 3))
    write("set/sample_submission.csv", header, [row.format(n) for n in range(3)])


@pytest.mark.parametrize(
    ("classes", "header", "row", "section"),
    [
        (["a", "b", "c"], "image,c,a,b", "{}.jpg,0.3,0.3,0.4", None),
        (["cat", "dog"], "id,label", "{},0.5", {"positive": "dog"}),
        (["no", "yes"], "id,label", "{},0", {"positive": "yes"}),
        (["a", "b", "c"], "id,label", "{},a", None),
        (["0", "1", "2"], "id,label", "{},2", None),
    ],
)
def test_what_is_supported_is_taken(
    classes: Sequence[str], header: str, row: str, section: dict[str, str] | None
) -> None:
    competition(classes, header, row)
    finding = found("set")
    assert settings_of(finding)[1]["sample_submission"] == "sample_submission.csv"
    assert finding.sections.get("submission") == section


@pytest.mark.parametrize(
    ("header", "row", "reason"),
    [
        ("image,x,y,z", "{}.jpg,0.3,0.3,0.4", "asks for x, y, z, which are not the classes"),
        ("image,label", "{}.jpg,2", "asks for numbers, but the classes have names"),
    ],
)
def test_what_does_not_fit_is_left_out_and_told(header: str, row: str, reason: str) -> None:
    competition(["a", "b", "c"], header, row)
    finding = found("set")
    assert "sample_submission" not in settings_of(finding)[1]
    assert any(reason in line for line in finding.unsure)
