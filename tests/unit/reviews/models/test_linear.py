"""Linear models of n-grams: weights by hand, what they learn, and which words drove them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import scipy.sparse as sp
from scipy.special import expit, logit
from sklearn.preprocessing import normalize

from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.ngrams import Counting, ngram_matrix, rows_of
from practical_dl.reviews.corpus.tokens import encode, split_words_and_marks, tokenise
from practical_dl.reviews.models.attribution import (
    ngram_contributions,
    ngram_text,
    strongest_ngrams,
    word_contributions,
)
from practical_dl.reviews.models.judging import judge
from practical_dl.reviews.models.linear import (
    LinearModel,
    choose_penalty,
    count_ngrams,
    fit_linear,
    fit_linear_models,
    inverse_frequencies,
    log_count_ratios,
    read_linear,
    regress,
    weighted_rows,
    write_linear,
)

WORDS = ["good", "bad", "not", "film", "the"]
NAMES = ("negative", "positive")
GOOD = ["the film good", "film not bad", "good film", "not bad", "the good film"] * 4
BAD = ["the film bad", "film not good", "bad film", "not good", "the bad film"] * 4
TOKENS = encode(GOOD + BAD, WORDS)
LABELS = np.repeat([1, 0], len(GOOD))
BASE = len(WORDS) + 1


def fitted(weighting: str = "nb_svm", longest: int = 2) -> LinearModel:
    counted = count_ngrams(TOKENS, Counting(longest, 1, BASE))
    return fit_linear(counted, LABELS, weighting, 30.0)


def test_log_count_ratios_by_hand() -> None:
    rows = sp.csr_matrix(np.array([[1, 1], [1, 0], [0, 1]], np.float32))
    ratios = log_count_ratios(rows, np.array([1, 1, 0]))
    np.testing.assert_allclose(ratios, np.log([(3 / 5) / (1 / 3), (2 / 5) / (2 / 3)]), rtol=1e-6)


def test_inverse_frequencies_by_hand() -> None:
    rows = sp.csr_matrix(np.array([[1, 1], [1, 0]], np.float32))
    assert inverse_frequencies(rows, LABELS).tolist() == pytest.approx([1, 1 + np.log(2)])


def test_rows_have_length_one_and_empty_ones_stay_empty() -> None:
    rows = sp.csr_matrix(np.array([[1, 1], [0, 0]], np.float32))
    weighted = weighted_rows(rows, np.array([3, -4], np.float32)).toarray()
    np.testing.assert_allclose(weighted, np.array([[0.6, -0.8], [0.0, 0.0]]), rtol=1e-6)


def test_pairs_tell_what_words_cannot() -> None:
    right = fitted().probabilities(TOKENS).argmax(axis=1) == LABELS
    assert right.all()
    words = fitted("bag_of_words", 1).probabilities(TOKENS).argmax(axis=1) == LABELS
    assert words.mean() < 0.7


def test_the_penalty_with_the_lowest_loss_is_chosen() -> None:
    counted = count_ngrams(TOKENS, Counting(2, 1, BASE))
    choice = choose_penalty(counted, LABELS, counted.rows, LABELS, "nb_svm", [0.001, 30.0, 0.1])
    assert choice.penalty == 30.0
    assert choice.losses[30.0] < choice.losses[0.1] < choice.losses[0.001]
    assert choice.losses[30.0] == pytest.approx(
        -np.log(choice.probabilities[np.arange(len(LABELS)), LABELS]).mean()
    )


def test_models_of_the_same_ngrams_are_those_fitted_alone() -> None:
    roles = np.tile(["train", "valid", "test", "train"], len(LABELS) // 4)
    counting, penalties = Counting(2, 1, BASE), [0.1, 30.0]
    found = dict(fit_linear_models(TOKENS, LABELS, roles, counting, penalties))
    assert list(found) == ["bag_of_words", "tfidf", "nb_svm"]
    assert [len(fitted.model.known) for fitted in found.values()] == [1, 2, 2]
    every = np.isin(roles, ["train", "valid"])
    train, valid, both, test = (
        rows_of(TOKENS, rows)
        for rows in (roles == "train", roles == "valid", every, roles == "test")
    )
    for name, fitted in found.items():
        own = Counting(1 if name == "bag_of_words" else 2, 1, BASE)
        counted = count_ngrams(train, own)
        valid_rows = ngram_matrix(valid, counted.known, BASE)
        of_train, of_valid = LABELS[roles == "train"], LABELS[roles == "valid"]
        choice = choose_penalty(counted, of_train, valid_rows, of_valid, name, penalties)
        alone = fit_linear(count_ngrams(both, own), LABELS[every], name, choice.penalty)
        assert fitted.choice.losses == choice.losses
        np.testing.assert_array_equal(fitted.choice.probabilities, choice.probabilities)
        np.testing.assert_array_equal(fitted.test, alone.probabilities(test))


def test_labels_of_the_test_part_change_no_linear_model() -> None:
    roles = np.tile(["train", "valid", "test", "train"], len(LABELS) // 4)
    spoiled = np.where(roles == "test", 1 - LABELS, LABELS)
    first, second = (
        dict(fit_linear_models(TOKENS, labels, roles, Counting(2, 1, BASE), [30.0]))
        for labels in (LABELS, spoiled)
    )
    assert all((first[name].test == second[name].test).all() for name in first)


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    model = fitted()
    write_linear(tmp_path / "model.h5", model, WORDS)
    read, words = read_linear(tmp_path / "model.h5")
    assert words == WORDS
    np.testing.assert_array_equal(read.probabilities(TOKENS), model.probabilities(TOKENS))


TOPICS = ("art", "news", "sport")
OF_TOPICS = encode(["good film", "the film", "bad", "bad the", "not not", "not good"] * 5, WORDS)


def of_topics() -> LinearModel:
    counted = count_ngrams(OF_TOPICS, Counting(2, 1, BASE))
    return fit_linear(counted, np.repeat([0, 1, 2], 2)[np.arange(30) % 6], "nb_svm", 30.0)


def test_each_of_three_classes_is_told_from_the_rest(tmp_path: Path) -> None:
    model = of_topics()
    said = model.probabilities(OF_TOPICS)
    np.testing.assert_allclose(said.sum(axis=1), 1)
    assert said.argmax(axis=1).tolist() == [0, 0, 1, 1, 2, 2] * 5
    against_rest = [
        expit(weighted_rows(ngram_matrix(OF_TOPICS, model.known, BASE), one.weights)
              @ one.coefficients + one.intercept)
        for one in model.sums
    ]  # fmt: skip
    by_hand = np.column_stack(against_rest)
    np.testing.assert_allclose(said, by_hand / by_hand.sum(axis=1, keepdims=True), rtol=1e-6)
    write_linear(tmp_path / "model.h5", model, WORDS)
    read, _ = read_linear(tmp_path / "model.h5")
    np.testing.assert_array_equal(read.probabilities(OF_TOPICS), said)


def test_judging_names_what_speaks_for_and_against_each_class() -> None:
    found = judge(of_topics(), WORDS, "the film", 9, TOPICS)
    assert found.sentiment == found.classes[0].name == "art"
    assert {verdict.name for verdict in found.classes} == set(TOPICS)
    assert sum(verdict.probability for verdict in found.classes) == pytest.approx(1)
    signs = {
        verdict.name: {one.words: one.log_odds > 0 for one in verdict.evidence}
        for verdict in found.classes
    }
    assert signs["art"]["film"]
    assert not signs["news"]["film"]
    assert found.evidence == found.classes[0].evidence


@pytest.mark.parametrize("text", ["not bad", "the film not good not good", "good"])
def test_the_parts_of_the_words_add_up_to_the_log_odds(text: str) -> None:
    model = fitted(longest=3)
    tokens = encode([text], WORDS)
    [contributions] = ngram_contributions(model, tokens)
    parts = word_contributions(model, tokens, contributions)
    assert parts.shape == (len(text.split()),)
    log_odds = logit(model.probabilities(tokens)[0, 1])
    assert parts.sum() + model.sums[0].intercept == pytest.approx(log_odds, abs=1e-5)


def test_the_pair_speaks_against_its_word() -> None:
    model = fitted()
    [contributions] = ngram_contributions(model, encode(["not bad"], WORDS))
    evidence = {one.words: one.log_odds for one in strongest_ngrams(model, contributions, WORDS, 9)}
    assert evidence["not bad"] > 0 > evidence["bad"]
    assert set(evidence) <= {"not", "bad", "not bad"}


def test_ngrams_are_spelled_out() -> None:
    model = fitted()
    texts = [ngram_text(model, place, WORDS) for place in range(len(model.sums[0].coefficients))]
    assert texts[:5] == WORDS
    assert set(texts[5:]) >= {"not bad", "the good", "good film"}


def test_judging_a_text() -> None:
    found = judge(fitted(), WORDS, "Not bad!", 1, NAMES)
    assert (found.sentiment, [one.words for one in found.evidence]) == ("positive", ["not bad"])
    assert judge(fitted(), WORDS, "not GOOD", 1, NAMES).sentiment == "negative"
    assert 0.5 <= found.probability <= 1
    for text, message in (("  ", "empty review"), ("xyzzy", "none of its words")):
        with pytest.raises(UserError, match=message):
            judge(fitted(), WORDS, text, 1, NAMES)


def test_equal_rows_give_equal_bytes() -> None:
    rng = np.random.default_rng(0)
    rows = sp.csr_matrix(normalize(rng.standard_normal((400, 20), np.float32)))
    labels = rng.integers(0, 2, 400)
    once, again = regress(rows, labels, 10.0), regress(rows, labels, 10.0)
    assert once[0].tobytes() == again[0].tobytes()
    assert once[1] == again[1]


def test_reviews_without_an_ngram_that_counts_are_refused() -> None:
    tokens = np.arange(6, dtype=np.int32), np.arange(7)
    roles = np.array(["train", "train", "valid", "valid", "test", "test"])
    models = fit_linear_models(tokens, np.arange(6) % 2, roles, Counting(2, 2, 7), [1.0])
    with pytest.raises(UserError, match=r"no n-gram stands 2 times .* lower linear\.fewest"):
        next(models)


def test_chinese_is_learned_by_its_characters() -> None:
    rng = np.random.default_rng(0)
    good, bad = ["很好看", "太精彩", "喜欢"], ["不好看", "太无聊", "浪费"]
    common = ["电影", "演员", "故事", "音乐", "今天"]
    labels = np.arange(300) % 2
    texts = pd.Series(
        "".join(rng.permutation([rng.choice((bad, good)[label]), *rng.choice(common, 3)]))
        for label in labels
    )
    roles = np.where(np.arange(300) < 200, "train", np.where(np.arange(300) < 250, "valid", "test"))
    words = tokenise(texts, pd.Series(roles != "test"), split_words_and_marks)
    counting = Counting(3, 1, len(words.vocabulary) + 1)
    fitted = dict(fit_linear_models(words.tokens, labels, roles, counting, [1.0, 10.0]))
    right = fitted["nb_svm"].test.argmax(axis=1) == labels[roles == "test"]
    assert right.mean() > 0.95
