"""What is wrong with these pictures? Copies, groups nobody wrote down, wrong labels, outliers.

REQUIRED INPUTS: source.json, manifest.csv, splits/grouped.csv, reduced/{backbone}
OUTPUTS: audit/{copies,groups,suspects,outliers,corrections}.csv, audit/summary.json, pages/audit.html
"""

AUDITED = {name: f"{image_paths.AUDIT}/{name}.csv" for name in audit_plan.TABLES}


rule audit_pictures:
    input:
        source=image_paths.SOURCE,
        manifest=image_paths.MANIFEST,
        split=image_paths.GROUPED,
        labelled=of_backbone("head", "reduced", "labelled.h5"),
        test=test_if_present("head", "reduced"),
    output:
        **AUDITED,
        summary=f"{image_paths.AUDIT}/summary.json",
    log:
        "results/logs/images/{dataset}/audit_pictures.log",
    benchmark:
        "results/benchmarks/images/{dataset}/audit_pictures.tsv"
    conda:
        "../../envs/base.yaml"
    threads: config["threads"]
    resources:
        mem_mb=memory(2500),
        runtime=120,
    params:
        code=code("images/audit/audit_pictures.py"),
        settings=section("images/{dataset}/audit", "groups", "copies"),
        folds=lookup(within=config, dpath="images/{dataset}/folds"),
        seed=config["seed"],
    message:
        "Audit the pictures of {wildcards.dataset}: copies, groups, labels, outliers"
    script:
        "../../workflow/scripts/images/audit/audit_pictures.py"


rule show_audit:
    input:
        **AUDITED,
        source=image_paths.SOURCE,
        manifest=image_paths.MANIFEST,
        summary=f"{image_paths.AUDIT}/summary.json",
    output:
        **pages_of(audit="what is wrong with these pictures"),
    log:
        "results/logs/images/{dataset}/show_audit.log",
    localrule: True
    conda:
        "../../envs/base.yaml"
    params:
        code=code("images/audit/show_audit.py"),
    message:
        "Show what the audit of {wildcards.dataset} has found, side by side"
    script:
        "../../workflow/scripts/images/audit/show_audit.py"
