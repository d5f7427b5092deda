"""What holds for the text of all rules."""

import re
from pathlib import Path

RULES = Path(__file__).parents[3] / "rules"
CATEGORIES = [
    "0 Overview",
    "1 Images",
    "2 Optimizers",
    "3 Convolution",
    "4 Movies",
    "5 Reviews",
    "6 Characters",
]


def test_the_report_has_one_category_a_pipeline_in_lesson_order() -> None:
    text = "".join(path.read_text() for path in RULES.rglob("*.smk"))
    assert sorted(set(re.findall(r'"(\d [A-Z]\w+)"', text))) == CATEGORIES
    assert text.count("report(") == text.count("caption=")


def test_every_job_says_in_one_line_what_it_does() -> None:
    for path in [*RULES.rglob("*.smk"), RULES.parent / "Snakefile"]:
        rules = re.split(r"^(?=rule )", path.read_text(), flags=re.MULTILINE)[1:]
        silent = [rule.split(":")[0] for rule in rules if "    message:\n" not in rule]
        assert silent == []
