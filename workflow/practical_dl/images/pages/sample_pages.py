"""A page that answers one question about the sample: the answer, the picture, the table."""

import pandas as pd
from matplotlib.figure import Figure

from practical_dl.report.page import page, paragraph, picture, table


def question_page(
    question: str, answer: str, figure: Figure, caption: str, numbers: pd.DataFrame, note: str = ""
) -> str:
    """The page as HTML; `caption` says what the figure shows, `numbers` are shown as they are."""
    blocks = [picture(figure, caption), table(numbers)]
    return page(question, answer, [*blocks, paragraph(note)] if note else blocks)
