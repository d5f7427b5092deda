"""Result paths of a rating set, as patterns, for the rules and the plan."""

FOLDER = "results/movies/{dataset}"
RATINGS = f"{FOLDER}/ratings.h5"
MOVIES = f"{FOLDER}/movies.csv"
SPLIT = f"{FOLDER}/split.h5"
READING = f"{FOLDER}/reading.json"
USERS = f"{FOLDER}/users.csv"
ITEMS = f"{FOLDER}/items.csv"
SEEN = f"{FOLDER}/seen.h5"
LINKS = f"{FOLDER}/links.csv"
READ = {
    "ratings": RATINGS,
    "movies": MOVIES,
    "user_names": USERS,
    "item_names": ITEMS,
    "seen": SEEN,
    "links": LINKS,
    "reading": READING,
}
"""What is read from any source."""
TABLES = {"ratings": RATINGS, "movies": MOVIES, "split": SPLIT, "reading": READING}
"""Inputs of the rules that fit models."""
FACTORS = f"{FOLDER}/recommender/factors.h5"
TASTE = f"{FOLDER}/recommender/taste.h5"
LISTS = f"{FOLDER}/ranking/lists.h5"
PEER_LISTS = f"{FOLDER}/ranking/peers/{{model}}.h5"
BLEND = f"{FOLDER}/ranking/blend.json"
RANKING = f"{FOLDER}/ranking.csv"
PREDICTIONS = f"{FOLDER}/{{model}}/predictions.csv"
SPREAD = f"{FOLDER}/{{model}}/spread.csv"
HISTORY = f"{FOLDER}/{{model}}/history.csv"
METRICS = f"{FOLDER}/{{model}}/metrics.json"
DROPPED = f"{FOLDER}/dropped_rows.csv"
COMPARISON = f"{FOLDER}/comparison.csv"
PROTOCOL = f"{FOLDER}/protocols/{{protocol}}/{{file}}"
CONTENT_HELP = f"{FOLDER}/content_help/{{model}}_{{share}}.csv"
PAGE = f"{FOLDER}/pages/{{page}}.html"
PICTURE = f"{FOLDER}/{{picture}}.png"
PUBLISHED = ("u1", "u2", "u3", "u4", "u5")
"""Splits that come with ml-100k."""
BENCHMARK = "results/benchmarks/movies/{dataset}/{job}.tsv"
