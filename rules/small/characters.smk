"""Characters: nets that read three or eight of them, recurrent ones, and what they write."""


rule write_demo_text:
    """Made-up text whose tags are opened and closed, one inside the other."""
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
        lines=lookup(within=config, dpath="characters/{dataset}/source/demo/lines"),
        seed=lookup(within=config, dpath="characters/{dataset}/source/demo/seed"),
    message:
        "Write the demo text of {wildcards.dataset}"
    script:
        "../../workflow/scripts/small/characters/write_demo_text.py"


rule fit_windows:
    """The nets unrolled by hand, over three or eight characters and three words."""
    input:
        text=source_if_present("characters"),
    output:
        models=expand("results/characters/{{dataset}}/{name}/model.keras", name=WINDOWS),
        histories=expand("results/characters/{{dataset}}/{name}/history.csv", name=WINDOWS),
        generated=expand("results/characters/{{dataset}}/{name}/generated.csv", name=WINDOWS),
        held_out=expand("results/characters/{{dataset}}/{name}/held_out.csv", name=WINDOWS),
        fits=expand("results/characters/{{dataset}}/{name}/fit.json", name=WINDOWS),
    log:
        "results/logs/characters/{dataset}/fit_windows.log",
    benchmark:
        "results/benchmarks/characters/{dataset}/fit_windows.tsv"
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("small/characters/fit_windows.py"),
        text=learned_text,
        settings=lookup(within=config, dpath="characters/{dataset}/windows"),
        generated=lookup(within=config, dpath="characters/{dataset}/generated"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train the nets of three and eight symbols on {wildcards.dataset}"
    script:
        "../../workflow/scripts/small/characters/fit_windows.py"


rule fit_recurrent:
    """A recurrent model whose state goes on from batch to batch; it writes after each epoch."""
    input:
        text=source_if_present("characters"),
    output:
        model="results/characters/{dataset}/{recurrent}/model.keras",
        history="results/characters/{dataset}/{recurrent}/history.csv",
        generated="results/characters/{dataset}/{recurrent}/generated.csv",
        held_out="results/characters/{dataset}/{recurrent}/held_out.csv",
        fit="results/characters/{dataset}/{recurrent}/fit.json",
    log:
        "results/logs/characters/{dataset}/fit_recurrent_{recurrent}.log",
    benchmark:
        "results/benchmarks/characters/{dataset}/fit_recurrent_{recurrent}.tsv"
    wildcard_constraints:
        recurrent=one_of(RECURRENT),
    conda:
        "../../envs/tensorflow.yaml"
    threads: lookup(within=config, dpath="threads")
    resources:
        mem_mb=memory(1500),
        runtime=30,
    params:
        code=code("small/characters/fit_recurrent.py"),
        text=learned_text,
        settings=lookup(within=config, dpath="characters/{dataset}/{recurrent}"),
        generated=lookup(within=config, dpath="characters/{dataset}/generated"),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Train the {wildcards.recurrent} on {wildcards.dataset}"
    script:
        "../../workflow/scripts/small/characters/fit_recurrent.py"


rule score_characters:
    """Loss in nats and bits on the held-out part, with intervals over blocks of it."""
    input:
        text=source_if_present("characters"),
        held_out=expand("results/characters/{{dataset}}/{name}/held_out.csv", name=TITLES),
    output:
        metrics=expand("results/characters/{{dataset}}/{name}/metrics.json", name=TITLES),
    log:
        "results/logs/characters/{dataset}/score_characters.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("small/characters/score_characters.py"),
        text=learned_text,
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score the nets on the held-out characters of {wildcards.dataset}"
    script:
        "../../workflow/scripts/small/characters/score_characters.py"


rule score_closing:
    """The share of the held-out tags that each model closes rightly."""
    input:
        text=source_if_present("characters"),
        held_out=expand("results/characters/{{dataset}}/{name}/held_out.csv", name=OF_CHARACTERS),
    output:
        metrics=expand("results/characters/{{dataset}}/{name}/closing.json", name=OF_CHARACTERS),
    log:
        "results/logs/characters/{dataset}/score_closing.log",
    wildcard_constraints:
        dataset=one_of(names_of_kind("characters", "demo")),
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("small/characters/score_closing.py"),
        text=learned_text,
        seed=lookup(within=config, dpath="seed"),
    message:
        "Score how the nets close the tags of {wildcards.dataset}"
    script:
        "../../workflow/scripts/small/characters/score_closing.py"


rule show_characters:
    """The page of losses and memory, and the page of what the models write epoch by epoch."""
    input:
        text=source_if_present("characters"),
        held_out=expand("results/characters/{{dataset}}/{name}/held_out.csv", name=TITLES),
        histories=expand("results/characters/{{dataset}}/{name}/history.csv", name=TITLES),
        generated=expand("results/characters/{{dataset}}/{name}/generated.csv", name=TITLES),
        fits=expand("results/characters/{{dataset}}/{name}/fit.json", name=TITLES),
    output:
        page=report(
            "results/characters/{dataset}/page.html",
            caption="../../workflow/report/characters.rst",
            category="6 Characters",
            labels={"what": "page, {dataset}"},
        ),
        epochs=report(
            "results/characters/{dataset}/epochs.html",
            caption="../../workflow/report/epochs.rst",
            category="6 Characters",
            labels={"what": "text epoch by epoch, {dataset}"},
        ),
    log:
        "results/logs/characters/{dataset}/show_characters.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("small/characters/show_characters.py"),
        text=learned_text,
        has_tags=lambda wildcards: characters_plan.has_tags(config, wildcards.dataset),
        seed=lookup(within=config, dpath="seed"),
    message:
        "Draw the pages of {wildcards.dataset}"
    script:
        "../../workflow/scripts/small/characters/show_characters.py"
