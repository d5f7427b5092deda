"""Pages and pictures of reviews: the models compared, the worst mistakes, maps of words.

REQUIRED INPUTS: results/reviews/{dataset}/{model}/runs_test.csv, history.csv, reviews.csv,
                 tokens.h5, marked_tokens.h5, duplicates.csv, duplicates.json, vectors/{kind}.h5,
                 vectors/task.json, ensemble/weights.json, nb_svm/model.h5
OUTPUTS: results/reviews/{dataset}/models.csv, pages/models.html, pages/mistakes.html,
         learning_curves.png, {model}/accuracy_by_length.png, {model}/calibration.png,
         vectors/map_{kind}.png
"""


rule show_review_models:
    input:
        **reviews_paths.TEXTS,
        runs=of_models(reviews_paths.TEST, reviews_plan.models),
        histories=of_models(reviews_paths.HISTORY, reviews_plan.trained),
        task=reviews_paths.VECTOR_TASK,
        weights=reviews_paths.WEIGHTS,
        pairs=reviews_paths.DUPLICATES,
        counts=reviews_paths.DUPLICATE_COUNTS,
        statistics=reviews_paths.TOKEN_STATISTICS,
    output:
        **pictures_of(reviews_plan.SHOWN),
        table="results/reviews/{dataset}/models.csv",
        page=page(reviews_paths.MODELS_PAGE, "5 Reviews", "all models"),
        curves=page(
            reviews_paths.LEARNING_CURVES, "5 Reviews", "learning curves", "learning_curves"
        ),
    log:
        "results/logs/reviews/{dataset}/show_review_models.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("reviews/pages/show_review_models.py"),
        models=lambda wildcards: list(reviews_plan.models(config, wildcards.dataset)),
        networks=lambda wildcards: reviews_plan.trained(config, wildcards.dataset),
        shown=reviews_plan.SHOWN,
        benchmarks=lambda wildcards: reviews_plan.benchmarks(config, wildcards.dataset),
        is_original=is_lesson_set,
        seed=config["seed"],
    message:
        "Compare the models of {wildcards.dataset} on a page, with their learning curves"
    script:
        "../../workflow/scripts/reviews/pages/show_review_models.py"


rule show_review_model:
    input:
        **reviews_paths.TEXTS,
        runs=reviews_paths.TEST,
    output:
        **pictures_of("{model}"),
    log:
        "results/logs/reviews/{dataset}/show_review_model_{model}.log",
    wildcard_constraints:
        model=f"(?!{reviews_plan.SHOWN}/)[a-z_]+",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("reviews/pages/show_review_model.py"),
        seed=config["seed"],
    message:
        "Draw the accuracy of {wildcards.model} on {wildcards.dataset} by length, and its calibration"
    script:
        "../../workflow/scripts/reviews/pages/show_review_model.py"


for suffix, kinds, sets in alike("reviews", reviews_plan.mapped_vectors):

    rule:
        name:
            f"show_words{suffix}"
        input:
            reviews=reviews_paths.TABLE,
            about=reviews_paths.ABOUT,
            tokens=reviews_paths.MARKED_TOKENS,
            models=of_each(reviews_paths.LINEAR, model=reviews_plan.LINEAR),
            runs=filled(reviews_paths.TEST, model=reviews_plan.READ_BY_HAND),
            vocabulary=reviews_paths.VOCABULARY,
            vectors=of_each(reviews_paths.VECTORS, kind=kinds),
        output:
            page=page(reviews_paths.MISTAKES_PAGE, "5 Reviews", "most confident mistakes"),
            maps=[map_of(kind) for kind in kinds],
        log:
            "results/logs/reviews/{dataset}/show_words.log",
        benchmark:
            "results/benchmarks/reviews/{dataset}/show_words.tsv"
        wildcard_constraints:
            dataset=sets,
        conda:
            "../../envs/base.yaml"
        resources:
            mem_mb=memory(1000),
        params:
            code=code("reviews/pages/show_words.py"),
            kinds=kinds,
            embedded=lookup(within=config, dpath="reviews/{dataset}/tokens/vocabulary"),
            seed=config["seed"],
        message:
            "Show the words behind the surest mistakes on {wildcards.dataset}, and maps of words"
        script:
            "../../workflow/scripts/reviews/pages/show_words.py"
