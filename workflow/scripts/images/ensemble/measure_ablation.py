from practical_dl.files.artefacts import write_csv
from practical_dl.files.predictions import read_class_predictions
from practical_dl.images.ensemble.ablation import measured_ablation
from practical_dl.images.ensemble.members import read_ensemble
from practical_dl.images.ensemble.tuning import Choices
from practical_dl.job.runtime import job

with job(snakemake):
    params, found = snakemake.params, snakemake.input
    ensemble = read_ensemble(found.manifest, found.folds, found.neighbours, found.members)
    files = {"linear": found.linear[0], "best head": found.first_seed, "seeds": found.selected}
    singles = {name: read_class_predictions(path).probabilities for name, path in files.items()}
    table = measured_ablation(ensemble, singles, Choices(**params.choices), params.seed)
    write_csv(snakemake.output.ablation, table)
