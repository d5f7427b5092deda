"""Where the results of an image set lie: patterns that the plans and the rules share."""

RESULTS = "results/images/{dataset}"
BENCHMARKS = "results/benchmarks/images/{dataset}"
MANIFEST = f"{RESULTS}/manifest.csv"
GROUPED = f"{RESULTS}/splits/grouped.csv"
FOLDS = f"{RESULTS}/splits/folds.csv"
SOURCE = "data/images/{dataset}/source.json"
BEST = f"{RESULTS}/augmentation/best.yaml"
FEATURES = f"{RESULTS}/features/{{backbone}}"
REDUCED = f"{RESULTS}/reduced/{{backbone}}"
HEAD = f"{RESULTS}/heads/{{backbone}}"
PASSES = f"{HEAD}/passes"
FINE_TUNING = f"{RESULTS}/fine_tuning/{{backbone}}"
SCRATCH = f"{RESULTS}/scratch/{{network}}"
MODEL = f"{RESULTS}/models/{{model}}"
SUBMISSION = f"{RESULTS}/submissions/{{model}}"
CONTROLS = f"{RESULTS}/controls"
PSEUDO_LABELS = f"{RESULTS}/pseudo_labels"
FOLD = f"{PSEUDO_LABELS}/fold_{{fold}}"
DISTILLATION = f"{RESULTS}/distillation"
EXPLAINED = f"{RESULTS}/explained.json"
TRUE_SCORE = f"{RESULTS}/submission/true_score.json"
PAGES = f"{RESULTS}/pages"


def filled(pattern: str, **names: object) -> str:
    """The pattern with some of its names put in; the others stay."""
    for name, value in names.items():
        pattern = pattern.replace(f"{{{name}}}", str(value))
    return pattern
