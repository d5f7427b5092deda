from practical_dl.model_files import load_model
from practical_dl.reviews.data import read_review_data
from practical_dl.reviews.fitting import train_and_write
from practical_dl.reviews.networks import lstm_model
from practical_dl.reviews.reading import start_from
from practical_dl.runtime import configure_tensorflow, job

with job(snakemake) as log:
    params = snakemake.params
    configure_tensorflow(params.seed)
    data = read_review_data(snakemake.input, params.vocabulary, params)
    reader = load_model(snakemake.input.reader)

    def build():
        model = lstm_model(params.vocabulary, params.length)
        start_from(model, reader)
        return model

    train_and_write(build, data, params, snakemake.output, log)
