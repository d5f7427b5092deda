"""Result paths of a rating set, as patterns, for the rules and the plan."""

FOLDER = "results/movies/{dataset}"
TABLES = {
    "ratings": f"{FOLDER}/ratings.h5",
    "movies": f"{FOLDER}/movies.csv",
    "split": f"{FOLDER}/split.h5",
}
"""Inputs of the rules that fit models."""
PREDICTIONS = f"{FOLDER}/{{model}}/predictions.csv"
HISTORY = f"{FOLDER}/{{model}}/history.csv"
METRICS = f"{FOLDER}/{{model}}/metrics.json"
COMPARISON = f"{FOLDER}/comparison.csv"
PROTOCOL = f"{FOLDER}/protocols/{{protocol}}/{{file}}"
CONTENT_HELP = f"{FOLDER}/content_help/{{model}}_{{share}}.csv"
PAGE = f"{FOLDER}/pages/{{page}}.html"
PICTURE = f"{FOLDER}/{{picture}}.png"
BENCHMARK = "results/benchmarks/movies/{dataset}/{job}.tsv"
