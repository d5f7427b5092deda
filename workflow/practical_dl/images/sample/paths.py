"""Where the experiments on the sample leave their results: patterns for the rules and the plan."""

from practical_dl.images.paths import RESULTS

SAMPLE = f"{RESULTS}/sample/sample.csv"
PICTURES = f"{RESULTS}/sample/images.h5"
BASELINES = f"{RESULTS}/sample/baselines/{{model}}"
RATE_LESSON = f"{RESULTS}/sample/rate_lesson"
RANGES = f"{RESULTS}/sample/rate_range/ranges.csv"
STATISTICS = f"{RESULTS}/sample/statistics/scores.csv"
CURVES = f"{RESULTS}/sample/curves"

AUGMENTATION = f"{RESULTS}/augmentation"
SWEEP = f"{AUGMENTATION}/sweep/{{augmentation}}.csv"
COMBINATION = f"{AUGMENTATION}/combination"
CONTACT_SHEET = f"{AUGMENTATION}/contact_sheet.png"
