"""What the rules of reviews share: what a stage reads by the configuration, pictures.

REQUIRED INPUTS: the merged `config`
OUTPUTS: none
"""


def own_tables(wildcards, input):
    """Parameter function: a source of tables, with the paths of its files; None for others."""
    kind, settings = locations.source_kind(config["reviews"][wildcards.dataset])
    if kind != "table":
        return None
    paths = locations.table_paths(config, "reviews", wildcards.dataset)
    given = {**dict(input.items()), "path": input.source}
    return {**settings, **{key: path_of_input(given[key], path) for key, path in paths.items()}}


def settings_of_films(wildcards):
    """Parameter function: see `read_film_reviews`; nothing for a table."""
    kind, settings = locations.source_kind(config["reviews"][wildcards.dataset])
    if kind != "imdb":
        return []
    return [settings["label"], locations.has_unlabelled(config, wildcards.dataset)]


def is_lesson_set(wildcards):
    """Parameter function: whether these are the lesson's reviews and its two classes."""
    kind, settings = locations.source_kind(config["reviews"][wildcards.dataset])
    return kind == "imdb" and settings["label"] == "sentiment"


def best_vectors(wildcards):
    """Input function: the vectors that the multi-size network starts from."""
    return reviews_paths.VECTORS.format(
        dataset=wildcards.dataset, kind=reviews_plan.best_vectors(config, wildcards.dataset)
    )


def network_seeds(wildcards):
    """Parameter function: the seeds that each network is trained with."""
    return reviews_plan.network_seeds(config, wildcards.dataset)


def of_models(pattern, names):
    """Input function: a file of each model that `names(config, dataset)` lists."""
    return lambda wildcards: of_each(pattern, model=list(names(config, wildcards.dataset)))


def pictures_of(model):
    """Outputs: pictures of one model, as `plots.pictures_of` draws them."""
    return {
        "by_length": page(
            filled(reviews_paths.LENGTH_PICTURE, model=model),
            "5 Reviews",
            f"accuracy by length, {model}",
            "accuracy_by_length",
        ),
        "calibration": page(
            filled(reviews_paths.CALIBRATION_PICTURE, model=model),
            "5 Reviews",
            f"calibration, {model}",
            "calibration",
        ),
    }


def map_of(kind):
    """Output: the map of the word vectors of this kind."""
    path = filled(reviews_paths.WORD_MAP, kind=kind)
    return page(path, "5 Reviews", f"word vectors, {kind}", "word_map")
