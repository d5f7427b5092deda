import pandas as pd

from practical_dl.files.artefacts import write_csv
from practical_dl.images.pictures.splits import rows_of_roles
from practical_dl.images.sample.store import read_sample_pictures
from practical_dl.job.runtime import job
from practical_dl.training.learning_rate_range import range_test, rate_ladder

with job(snakemake) as log:
    from practical_dl.images.sample.fitting import LOSS, new_model, training_batches

    params = snakemake.params
    sample = read_sample_pictures(snakemake.input.pictures)
    train = rows_of_roles(sample.split("grouped"))["train"]
    rates = rate_ladder(params.low, params.high, params.steps)
    tables = []
    for name in log.track(params.models, len(params.models), "models"):
        model = new_model(sample, name, params.seed)
        batches = training_batches(sample, train, params.batch_size, {}, params.seed)
        tables.append(range_test(model, batches, LOSS, rates).assign(model=name))
    write_csv(snakemake.output.ranges, pd.concat(tables)[["model", "rate", "loss"]])
