from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure

from practical_dl.report import page as pages
from practical_dl.training.batch_norm import Settler


def test_a_picture_carries_its_width_for_phones() -> None:
    shown = pages.picture(Figure(figsize=(16.5, 2)), 'wide & "low"')
    assert '<div class="picture" style="--inches: 16.5"><img ' in shown
    assert 'alt="wide &amp; &quot;low&quot;"' in shown
    assert "calc(4.5rem * var(--inches))" in pages.page("title", "finding", [shown])


def test_a_verdict_has_a_colour_in_a_table() -> None:
    frame = pd.DataFrame({"gain": ["better by 0.1", "worse by 0.1", "within the noise: +0.1"]})
    shown = pages.table(frame)
    assert '<td class="better">better by 0.1</td>' in shown
    assert '<td class="worse">worse by 0.1</td>' in shown
    assert "<td>within the noise" in shown


def test_a_written_page_says_how_it_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    pages.write_page(path, pages.page("title", "finding", ["<p>body</p>"]))
    written = path.read_text()
    assert f"<pre>snakemake --force {path}</pre>" in written
    assert written.index("body</p>") < written.index("<details>") < written.index("</body>")


def test_the_code_of_a_method_stands_at_the_margin() -> None:
    shown = pages.code_of(Settler.settle)
    assert "<pre>def settle(self)" in shown
    assert "settle in practical_dl/training/batch_norm.py" in shown


def test_an_interval_in_a_table_is_not_broken() -> None:
    frame = pd.DataFrame(
        {"gain": ["-5.5 points (95 % -10.0 to -1.0)", "22.0 % (16.2 to 27.4), no more to say"]}
    )
    shown = pages.table(frame)
    assert "-5.5&nbsp;points (95&nbsp;%&nbsp;-10.0&nbsp;to&nbsp;-1.0)" in shown
    assert "22.0&nbsp;% (16.2&nbsp;to&nbsp;27.4), no more to say" in shown
