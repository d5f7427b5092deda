"""Paths of results that the plan and the rules both name, as patterns."""

_SET = "results/reviews/{dataset}"
TABLE = f"{_SET}/reviews.csv"
ABOUT = f"{_SET}/about.json"
SAME_TEXTS = f"{_SET}/texts.csv"
DROPPED = f"{_SET}/dropped_rows.csv"
SPLIT = f"{_SET}/split.csv"
TOKENS = f"{_SET}/tokens.h5"
VOCABULARY = f"{_SET}/vocabulary.csv"
MARKED_TOKENS = f"{_SET}/marked_tokens.h5"
MARKED_VOCABULARY = f"{_SET}/marked_vocabulary.csv"
UNLABELLED_TOKENS = f"{_SET}/unlabelled_tokens.h5"
DUPLICATES = f"{_SET}/duplicates.csv"
DUPLICATE_COUNTS = f"{_SET}/duplicates.json"
TOKEN_STATISTICS = f"{_SET}/token_statistics.json"
READ = {
    "reviews": TABLE,
    "about": ABOUT,
    "texts": SAME_TEXTS,
    "dropped": DROPPED,
    "vocabulary": VOCABULARY,
    "tokens": TOKENS,
    "marked_vocabulary": MARKED_VOCABULARY,
    "marked_tokens": MARKED_TOKENS,
    "unlabelled_tokens": UNLABELLED_TOKENS,
    "statistics": TOKEN_STATISTICS,
}
"""What is read from any source."""

TEXTS = {"reviews": TABLE, "about": ABOUT, "tokens": TOKENS}
"""The table of reviews, what they are called, and their words."""

NUMBERED_TEXTS = {"reviews": TABLE, "tokens": TOKENS, "texts": SAME_TEXTS}
"""The table of reviews, their words, and which of them have the same."""

WORDS = {**TEXTS, "split": SPLIT}
"""All that is needed to train on the reviews' words, and on words and marks."""

MARKED_WORDS = {**WORDS, "tokens": MARKED_TOKENS, "vocabulary": MARKED_VOCABULARY}
TAUGHT = f"{_SET}/documents_unlabelled/taught.h5"
"""What document vectors say of the unlabelled texts."""

MODEL = f"{_SET}/{{model}}/model.keras"
LINEAR = f"{_SET}/{{model}}/model.h5"
HISTORY = f"{_SET}/{{model}}/history.csv"
VALID = f"{_SET}/{{model}}/runs_valid.csv"
TEST = f"{_SET}/{{model}}/runs_test.csv"
VALID_METRICS = f"{_SET}/{{model}}/metrics_valid.json"
TEST_METRICS = f"{_SET}/{{model}}/metrics_test.json"
LENGTH_PICTURE = f"{_SET}/{{model}}/accuracy_by_length.png"
WEIGHTS = f"{_SET}/ensemble/weights.json"
CALIBRATION_PICTURE = f"{_SET}/{{model}}/calibration.png"
VECTORS = f"{_SET}/vectors/{{kind}}.h5"
VECTOR_TASK = f"{_SET}/vectors/task.json"
WORD_MAP = f"{_SET}/vectors/map_{{kind}}.png"
LEARNING_CURVES = f"{_SET}/learning_curves.png"
MODELS_PAGE = f"{_SET}/pages/models.html"
MISTAKES_PAGE = f"{_SET}/pages/mistakes.html"
READER = (
    f"{_SET}/lstm_pretrained/reader.keras",
    f"{_SET}/lstm_pretrained/reading_history.csv",
)
GLOVE_REPORT = f"{_SET}/vectors/glove.json"
COMPARISON = f"{_SET}/comparison.csv"
BENCHMARK = "results/benchmarks/reviews/{dataset}/{fit}.tsv"
