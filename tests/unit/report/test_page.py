import pandas as pd
from matplotlib.figure import Figure

from practical_dl.report import page as pages


def test_a_picture_carries_its_width_for_phones() -> None:
    shown = pages.picture(Figure(figsize=(16.5, 2)), 'wide & "low"')
    assert '<div class="picture" style="--inches: 16.5"><img ' in shown
    assert 'alt="wide &amp; &quot;low&quot;"' in shown
    assert "calc(4.5rem * var(--inches))" in pages.page("title", "finding", [shown])


def test_an_interval_in_a_table_is_not_broken() -> None:
    frame = pd.DataFrame(
        {"gain": ["-5.5 points (95 % -10.0 to -1.0)", "22.0 % (16.2 to 27.4), no more to say"]}
    )
    shown = pages.table(frame)
    assert "-5.5&nbsp;points (95&nbsp;%&nbsp;-10.0&nbsp;to&nbsp;-1.0)" in shown
    assert "22.0&nbsp;% (16.2&nbsp;to&nbsp;27.4), no more to say" in shown
