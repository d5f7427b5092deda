from functools import partial

from practical_dl.files.artefacts import write_csv
from practical_dl.files.model_files import save_model
from practical_dl.job.runtime import job
from practical_dl.reviews.corpus.files import class_names, read_corpus
from practical_dl.reviews.models.data import TokenSettings, padded_reviews
from practical_dl.reviews.models.fitting import train_alike, write_outcomes
from practical_dl.reviews.models.networks import lstm_model
from practical_dl.reviews.models.reading import BATCH, lstm_that_read, pretrain
from practical_dl.training.recipe import Recipe

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    settings, corpus = TokenSettings(**params.tokens), read_corpus(snakemake.input)
    size = settings.vocabulary, settings.length, len(class_names(corpus[0]))
    builds = {name: partial(lstm_model, *size) for name in params.schedules}
    if output.reader:
        reader_path, history_path = output.reader
        recipe = Recipe(params.reading, BATCH, params.training["optimizer"])
        reader, history = pretrain(
            *corpus[1:][::-1], settings.vocabulary, recipe, params.seeds[0], log
        )
        save_model(reader_path, reader)
        write_csv(history_path, history)
        nats = history["inner_plain_loss"].min()
        log.show(f"reads held-out reviews at {nats:.2f} nats per word")
        builds["lstm_pretrained"] = partial(lstm_that_read, reader, *size)
    recipes = {
        name: Recipe(schedule, **params.training) for name, schedule in params.schedules.items()
    }
    data = padded_reviews(corpus, settings)
    write_outcomes(train_alike(builds, data, recipes, params.seeds, log), data, output)
