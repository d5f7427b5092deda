"""Movie ratings: how far off the models are and what they learned, as tables, pages and pictures.

REQUIRED INPUTS: results/movies/{dataset}/ratings.h5, movies.csv, split.h5, {model}/predictions.csv,
                 {lesson model}/history.csv, bayes/spread.csv, protocols/{protocol}/,
                 content_help/{model}_{share}.csv, recommender/factors.h5, ranking/
OUTPUTS: results/movies/{dataset}/models.csv, protocols.csv, content_help.csv, liking.csv,
         components.csv, crosstab.xlsx, ranking.csv, and one picture per figure
         results/movies/{dataset}/pages/{models,protocols,learned,crosstab,ranking}.html
"""


rule show_rating_models:
    input:
        ratings=movies_paths.RATINGS,
        split=movies_paths.SPLIT,
        predictions=lambda wildcards: movies_plan.predictions(config, **wildcards),
        histories=of_each(movies_paths.HISTORY, model=rating_models.LESSON),
        spread=lambda wildcards: movies_plan.spread(config, **wildcards),
        reading=movies_paths.READING,
    output:
        table="results/movies/{dataset}/models.csv",
        page=movies_page("models", "which model predicts best", "rating_models"),
        lesson_models=movies_picture("lesson_models", "learning curves of the lesson's models"),
        predicted_stars=movies_picture("predicted_stars", "predicted stars"),
        error_by_popularity=movies_picture("error_by_popularity", "error by popularity"),
        uncertainty=movies_picture("uncertainty", "does it know how sure it is"),
    log:
        "results/logs/movies/{dataset}/show_rating_models.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("movies/pages/show_rating_models.py"),
        models=lambda wildcards: movies_plan.models(config, **wildcards),
        references=lambda wildcards: movies_plan.references(config, **wildcards),
        peers=lambda wildcards: movies_plan.peers(config, **wildcards),
        seed=config["seed"],
    message:
        "Compare the rating models of {wildcards.dataset}, and draw how they learn and err"
    script:
        "../../workflow/scripts/movies/pages/show_rating_models.py"


rule show_protocols:
    input:
        ratings=movies_paths.RATINGS,
        splits=lambda wildcards: movies_plan.protocol_splits(config, **wildcards),
        predictions=lambda wildcards: movies_plan.protocol_predictions(config, **wildcards),
    output:
        table="results/movies/{dataset}/protocols.csv",
        page=movies_page("protocols", "other splits", "protocols"),
    log:
        "results/logs/movies/{dataset}/show_protocols.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("movies/pages/show_protocols.py"),
        protocols=lambda wildcards: movies_plan.protocols(config, **wildcards),
        models=lambda wildcards: movies_plan.references(config, **wildcards),
        seed=config["seed"],
    message:
        "Score the rating models of {wildcards.dataset} on other splits"
    script:
        "../../workflow/scripts/movies/pages/show_protocols.py"


rule show_content_help:
    input:
        ratings=movies_paths.RATINGS,
        split=movies_paths.SPLIT,
        predictions=lambda wildcards: movies_plan.content_predictions(config, **wildcards),
    output:
        table="results/movies/{dataset}/content_help.csv",
        plot=movies_picture("content_help", "does content help"),
    log:
        "results/logs/movies/{dataset}/show_content_help.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("movies/pages/show_content_help.py"),
        studies=section("movies/{dataset}", "content_shares"),
        seed=config["seed"],
    message:
        "Score what content gives on {wildcards.dataset}, with few ratings and with many"
    script:
        "../../workflow/scripts/movies/pages/show_content_help.py"


rule show_learned:
    input:
        ratings=movies_paths.RATINGS,
        movies=movies_paths.MOVIES,
        user_names=movies_paths.USERS,
        factors=movies_paths.FACTORS,
    output:
        liking="results/movies/{dataset}/liking.csv",
        components="results/movies/{dataset}/components.csv",
        plot=movies_picture("components", "movies by two components of taste"),
        page=movies_page("learned", "what it learned", "learned"),
        workbook="results/movies/{dataset}/crosstab.xlsx",
        crosstab=movies_page("crosstab", "how a factor model works", "crosstab"),
    log:
        "results/logs/movies/{dataset}/show_learned.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("movies/pages/show_learned.py"),
        pictures=section("movies/{dataset}/pictures"),
        seed=config["seed"],
    message:
        "Show what was learned about the movies of {wildcards.dataset}, and a worked example"
    script:
        "../../workflow/scripts/movies/pages/show_learned.py"


rule show_ranking:
    input:
        lists=movies_paths.LISTS,
        peers=lambda wildcards: movies_plan.peer_lists(config, **wildcards),
        ratings=movies_paths.RATINGS,
        movies=movies_paths.MOVIES,
        split=movies_paths.SPLIT,
        reading=movies_paths.READING,
    output:
        table=movies_paths.RANKING,
        page=movies_page("ranking", "what to recommend first", "ranking"),
        accuracy_and_coverage=movies_picture("accuracy_and_coverage", "accuracy and coverage"),
    log:
        "results/logs/movies/{dataset}/show_ranking.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("movies/pages/show_ranking.py"),
        split=section("movies/{dataset}/split", "train_share"),
        ranking=section("movies/{dataset}/ranking", "liked"),
        absent=lambda wildcards: movies_plan.absent_ranking_peers(config, **wildcards),
        seed=config["seed"],
    message:
        "Judge what each model recommends first on {wildcards.dataset}"
    script:
        "../../workflow/scripts/movies/pages/show_ranking.py"
