import numpy as np
import pandas as pd
from tests.told import untold

from practical_dl.images.augmentation.extremes import Extremes
from practical_dl.images.augmentation.sweep import NUMBERS, TEXTS
from practical_dl.images.pages.augmentation_sweep import contact_sheet_figure, sweep_page


def evidence(name: str, gains: dict[str, float], chosen: str | None = None) -> pd.DataFrame:
    table = pd.DataFrame({"type": name, "level": list(gains), "gain": list(gains.values())})
    table["chosen"] = (table["level"] == chosen).astype(int)
    rest = dict.fromkeys(set(NUMBERS) - {"gain", "chosen"}, 0.0)
    table = table.assign(**rest)
    table["ci_low"], table["ci_high"] = table["gain"] - 0.01, table["gain"] + 0.01
    return table[[*TEXTS, *NUMBERS]]


def test_the_page_names_the_chosen_levels_and_their_strength() -> None:
    alone = pd.concat(
        [evidence("zoom", {"0.1": 0.05, "0.2": 0.01}, "0.1"), evidence("flip", {"0.5": -0.1})],
        ignore_index=True,
    )
    together = evidence("together", {"0.5": 0.08, "1": 0.02}, "0.5")
    html = sweep_page(alone, together, {"zoom": 4.0, "flip": None, "together": 2.0}, 0.1)
    html = html.replace("&nbsp;", " ")
    assert "1 of 2 types help on unseen drivers, most of all zoom of 0.1" in html
    assert "better by 5.0 points (95 % 4.0 to 6.0)" in html
    assert "All together, at 0.5 times their levels: better by 8.0 points" in html
    assert untold(html) == []
    assert "<td>2.0</td>" in html


def test_without_a_choice_the_page_says_so() -> None:
    together = evidence("together", {"1": 0.0})
    alone = evidence("zoom", {"0.1": 0.0})
    assert "so none is chosen." in sweep_page(alone, together, {"zoom": None}, 0.1)
    alone = alone.assign(log_loss_gain=0.3, log_loss_low=0.2, log_loss_high=0.4)
    html = sweep_page(alone, together, {"zoom": None}, 0.1)
    assert "none is chosen, though 1 of 1 settings have a better log loss." in html


def test_the_contact_sheet_has_a_row_per_type_and_both_ends_of_a_level() -> None:
    rows = pd.DataFrame(
        {
            "type": ["none", *["zoom"] * 4, *["flip"] * 2],
            "amount": [0.0, -0.1, 0.1, -0.2, 0.2, -0.5, 0.5],
        }
    )
    figure = contact_sheet_figure(Extremes(np.zeros((7, 6, 8, 3), np.uint8), rows))
    titles = [axis.get_title() for axis in figure.axes]
    assert titles == ["none", "-0.1", "+0.1", "-0.2", "+0.2", "none", "-0.5", "+0.5", "", ""]
    assert figure.axes[0].get_ylabel() == "zoom\n(share of the size)"
