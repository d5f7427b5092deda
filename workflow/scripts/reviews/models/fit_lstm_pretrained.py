from practical_dl.files.model_files import load_model
from practical_dl.job.runtime import configure_tensorflow, job
from practical_dl.reviews.models.data import read_review_data
from practical_dl.reviews.models.fitting import train_and_write
from practical_dl.reviews.models.networks import lstm_model
from practical_dl.reviews.models.reading import start_from

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
