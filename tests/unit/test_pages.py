from matplotlib.figure import Figure

from practical_dl import pages


def test_a_picture_carries_its_width_for_phones() -> None:
    shown = pages.picture(Figure(figsize=(16.5, 2)), 'wide & "low"')
    assert 'style="--inches: 16.5"' in shown
    assert 'alt="wide &amp; &quot;low&quot;"' in shown
    assert "calc(4.5rem * var(--inches))" in pages.page("title", "finding", [shown])
