"""Where the experiments on the sample leave their results: patterns for the rules and the plan."""

RESULTS = "results/images/{dataset}"
BENCHMARKS = "results/benchmarks/images/{dataset}"

SAMPLE = f"{RESULTS}/sample/sample.csv"
PICTURES = f"{RESULTS}/sample/images.h5"
BASELINES = f"{RESULTS}/sample/baselines/{{model}}"
RATE_LESSON = f"{RESULTS}/sample/rate_lesson"
RANGES = f"{RESULTS}/sample/rate_range/ranges.csv"
STATISTICS = f"{RESULTS}/sample/statistics/scores.csv"
CURVES = f"{RESULTS}/sample/curves"

AUGMENTATION = f"{RESULTS}/augmentation"
SWEEP = f"{AUGMENTATION}/sweep/{{augmentation}}.csv"
BEST = f"{AUGMENTATION}/best.yaml"
COMBINATION = f"{AUGMENTATION}/combination"
CONTACT_SHEET = f"{AUGMENTATION}/contact_sheet.png"

PAGE = f"{RESULTS}/pages/{{page}}.html"


def filled(pattern: str, **names: object) -> str:
    """The pattern with these of its names filled in; the others stay."""
    for name, value in names.items():
        pattern = pattern.replace(f"{{{name}}}", str(value))
    return pattern
