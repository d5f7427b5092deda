"""Characters: networks that read three or eight of them, recurrent ones, and what they write.

REQUIRED INPUTS: the text of a configured source, any text file in UTF-8
OUTPUTS: results/characters/{dataset}/{model}/model.keras, history.csv, generated.csv,
         held_out.csv, fit.json, metrics.json, closing.json (made-up text alone)
         results/characters/{dataset}/page.html, epochs.html, comparison.csv
"""


rule write_demo_text:
    output:
        text="data/characters/{dataset}/text.txt",
    log:
        "results/logs/characters/{dataset}/write_demo_text.log",
    wildcard_constraints:
        dataset=one_of(names_of_kind("characters", "demo")),
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("small/characters/write_demo_text.py"),
        text=section("characters/{dataset}/source/demo", "lines", "seed"),
    message:
        "Write text whose tags are opened and closed, nested: {wildcards.dataset}"
    script:
        "../../workflow/scripts/small/characters/write_demo_text.py"


rule fit_characters:
    input:
        text=source_if_present("characters"),
    output:
        models=expand("results/characters/{{dataset}}/{name}/model.keras", name=TITLES),
        histories=expand("results/characters/{{dataset}}/{name}/history.csv", name=TITLES),
        generated=expand("results/characters/{{dataset}}/{name}/generated.csv", name=TITLES),
        held_out=expand("results/characters/{{dataset}}/{name}/held_out.csv", name=TITLES),
        fits=expand("results/characters/{{dataset}}/{name}/fit.json", name=TITLES),
    log:
        "results/logs/characters/{dataset}/fit_characters.log",
    benchmark:
        "results/benchmarks/characters/{dataset}/fit_characters.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(1500),
    params:
        code=code("small/characters/fit_characters.py"),
        text=text_and_symbols,
        settings=section("characters/{dataset}", "windows", "rnn", "lstm", "generated"),
        seed=config["seed"],
    message:
        "Train every model on {wildcards.dataset}; each writes some text after each epoch"
    script:
        "../../workflow/scripts/small/characters/fit_characters.py"


for suffix, reports, sets in alike("characters", characters_plan.reports):

    rule:
        name:
            f"show_characters{suffix}"
        input:
            text=source_if_present("characters"),
            held_out=rules.fit_characters.output.held_out,
            histories=rules.fit_characters.output.histories,
            generated=rules.fit_characters.output.generated,
            fits=rules.fit_characters.output.fits,
        output:
            reports=[f"results/characters/{{dataset}}/{file}" for file in reports],
            comparison="results/characters/{dataset}/comparison.csv",
            page=page(
                "results/characters/{dataset}/page.html",
                *("6 Characters", "page", "characters"),
            ),
            epochs=page(
                "results/characters/{dataset}/epochs.html",
                *("6 Characters", "text epoch by epoch", "epochs"),
            ),
        log:
            "results/logs/characters/{dataset}/show_characters.log",
        wildcard_constraints:
            dataset=sets,
        localrule: True
        conda:
            "../../envs/base.yaml"
        params:
            code=code("small/characters/show_characters.py"),
            text=text_and_symbols,
            has_tags=lambda wildcards: characters_plan.has_tags(config, wildcards.dataset),
            benchmark="results/benchmarks/characters/{dataset}/fit_characters.tsv",
            seed=config["seed"],
        message:
            "Score the models on the held-out part of {wildcards.dataset} and show what they learned"
        script:
            "../../workflow/scripts/small/characters/show_characters.py"
