"""Sixty short sentences on films that are hard to judge by single words, and who gets them right.

Written for this page; nothing is trained on them. A third of them denies a word that is good or
bad, a third weighs one thing against another, a third does not mean what it says.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from practical_dl.report.page import fine_print, heading, paragraph, table
from practical_dl.report.wording import percent
from practical_dl.reviews.corpus.tokens import encode, is_word, split_words_and_marks
from practical_dl.reviews.models.linear import LinearModel

LEAST_KNOWN = 0.5
"""Share of the words that a model must know before its answers are shown."""

NEGATION, CONTRAST, IRONY = "negation", "contrast", "irony"
SENTENCES: tuple[tuple[str, int, str], ...] = (
    (NEGATION, 1, "Not bad at all."),
    (NEGATION, 1, "I was not bored for a second."),
    (NEGATION, 1, "There is nothing wrong with this film."),
    (NEGATION, 1, "You will not regret watching it."),
    (NEGATION, 1, "It never gets dull."),
    (NEGATION, 1, "I could not find a single weak scene."),
    (NEGATION, 1, "Nobody should miss it."),
    (NEGATION, 1, "I have no complaints about the acting."),
    (NEGATION, 1, "It is hard not to like these people."),
    (NEGATION, 1, "Never once did I look at my watch."),
    (NEGATION, 0, "Not good."),
    (NEGATION, 0, "It is not funny and not clever."),
    (NEGATION, 0, "I did not enjoy it."),
    (NEGATION, 0, "There is nothing great about it."),
    (NEGATION, 0, "I would not recommend it to anyone."),
    (NEGATION, 0, "The story never makes sense."),
    (NEGATION, 0, "No one in it can act well."),
    (NEGATION, 0, "It is far from a masterpiece."),
    (NEGATION, 0, "I could not care less about the hero."),
    (NEGATION, 0, "Without any charm or wit."),
    (CONTRAST, 1, "It starts slowly, but the ending is wonderful."),
    (CONTRAST, 1, "The plot is silly, yet I loved every minute."),
    (CONTRAST, 1, "I expected a mess and got a gem."),
    (CONTRAST, 1, "Despite the terrible reviews it is a lovely film."),
    (CONTRAST, 1, "Cheap sets and bad lighting, and still one of the best films of the year."),
    (CONTRAST, 1, "I usually hate musicals, but this one won me over."),
    (CONTRAST, 1, "The first half drags; the second is superb."),
    (CONTRAST, 1, "It is no masterpiece, but it is great fun."),
    (CONTRAST, 1, "Everyone told me it was awful, and everyone was wrong."),
    (CONTRAST, 1, "Although the effects look poor, the acting is excellent."),
    (CONTRAST, 0, "The cast is excellent, but the film is a bore."),
    (CONTRAST, 0, "It looks beautiful and says nothing."),
    (CONTRAST, 0, "I loved the book, so this was a disappointment."),
    (CONTRAST, 0, "A great idea, ruined by a terrible script."),
    (CONTRAST, 0, "The music is lovely; everything else is awful."),
    (CONTRAST, 0, "I wanted to like it, but I could not."),
    (CONTRAST, 0, "Even a brilliant actor cannot save this mess."),
    (CONTRAST, 0, "The trailer was better than the film."),
    (CONTRAST, 0, "After a fine beginning it falls apart."),
    (CONTRAST, 0, "It could have been great, and it is not."),
    (IRONY, 0, "Brilliant, if you need help falling asleep."),
    (IRONY, 0, "The best part was when the lights came on."),
    (IRONY, 0, "A wonderful way to lose two hours of your life."),
    (IRONY, 0, "My favourite scene was the end credits."),
    (IRONY, 0, "Congratulations, you have made the longest film in the world feel longer."),
    (IRONY, 0, "Great film, if you have never seen another one."),
    (IRONY, 0, "I enjoyed the popcorn."),
    (IRONY, 0, "The script must have been written by a clever dog."),
    (IRONY, 0, "What a joy it was to leave the cinema."),
    (IRONY, 0, "It deserves an award for patience, given to the audience."),
    (IRONY, 0, "The wooden furniture gave the finest performance."),
    (IRONY, 0, "Perfect for people who love watching paint dry."),
    (IRONY, 0, "I have had more fun at the dentist."),
    (IRONY, 1, "The only thing I hated was that it had to end."),
    (IRONY, 1, "It ruined all other films for me."),
    (IRONY, 1, "Be warned: you will cry, and your neighbour will too."),
    (IRONY, 1, "Terrible news for everyone who planned to sleep tonight, it is that gripping."),
    (IRONY, 1, "I am angry that it took me so long to see it."),
    (IRONY, 1, "My wife says I must stop talking about it."),
    (IRONY, 1, "A crime that it won no prize."),
)
"""Kind, label (1 for praise), sentence."""


def sentence_blocks(models: Mapping[str, LinearModel], words: Sequence[str]) -> list[str]:
    """How many sentences of each kind each model has right; nothing where it knows few words.

    Args:
        models: by title, of negative and positive reviews.
        words: those that their n-grams are made of.
    """
    known = share_known(words)
    if known < LEAST_KNOWN:
        return []
    scores = sentence_scores(models, words)
    best, count = scores["All"].idxmax(), len(SENTENCES)
    of_count = f"{round(scores['All'].max() * count)} of {count}"
    shown = scores.map(percent).rename_axis("Model").reset_index()
    return [
        heading("Sixty sentences that words alone do not tell"),
        paragraph(f"{best} has {of_count} right; guessing would have half."),
        table(shown),
        table(
            pd.DataFrame(
                {
                    "Kind": [kind for kind, _, _ in SENTENCES],
                    "Meant as": ["praise" if label else "blame" for _, label, _ in SENTENCES],
                    "Sentence": [text for _, _, text in SENTENCES],
                    **{title: answers(model, words) for title, model in models.items()},
                }
            )
        ),
        fine_print(
            "The sentences deny a word, weigh one thing against another, or do not mean what they "
            "say. Nothing was trained or chosen on them; with twenty of a kind, one sentence is "
            f"five points. The models know {percent(known)} of their words. They learned from "
            "reviews of hundreds of words, where one sentence decides little."
        ),
    ]


def sentence_scores(models: Mapping[str, LinearModel], words: Sequence[str]) -> pd.DataFrame:
    """Share of the sentences that each model (row) has right, by kind and of all (columns)."""
    kinds = pd.Series([kind for kind, _, _ in SENTENCES])
    labels = pd.Series([label for _, label, _ in SENTENCES])
    rows = {}
    for title, model in models.items():
        right = _positive(model, words).round().astype(int) == labels
        rows[title] = {**right.groupby(kinds, sort=False).mean(), "All": right.mean()}
    return pd.DataFrame.from_dict(rows, orient="index")


def answers(model: LinearModel, words: Sequence[str]) -> list[str]:
    """What the model says of each sentence, and how sure it is."""
    return [
        f"{'praise' if positive >= 0.5 else 'blame'} {percent(max(positive, 1 - positive), 0)}"
        for positive in _positive(model, words)
    ]


def share_known(words: Sequence[str]) -> float:
    """Share of the sentences' different words that are among `words`."""
    own = {word for _, _, text in SENTENCES for word in split_words_and_marks(text)}
    spoken = {word for word in own if is_word(word)}
    return len(spoken & set(words)) / len(spoken)


def _positive(model: LinearModel, words: Sequence[str]) -> "pd.Series[float]":
    tokens = encode([text for _, _, text in SENTENCES], words, split_words_and_marks)
    return pd.Series(model.probabilities(tokens)[:, 1])
