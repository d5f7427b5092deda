from practical_dl.files.artefacts import write_csv
from practical_dl.files.model_files import save_model
from practical_dl.job.runtime import job
from practical_dl.movies.models.lesson import LessonSettings, fit_lesson_model, predict_ratings
from practical_dl.movies.models.predictions import predictions_frame
from practical_dl.movies.ratings.tables import read_scale, read_sides

with job(snakemake) as log:
    params, output = snakemake.params, snakemake.output
    train, valid = read_sides(snakemake.input.ratings, snakemake.input.split)
    scale = read_scale(snakemake.input.reading)
    settings, quiet = LessonSettings(**params.lesson), log.without_progress()
    for place, name in enumerate(params.models):
        model, history = fit_lesson_model(name, train, settings, params.seed, quiet)
        predicted = predictions_frame(valid, predict_ratings(model, valid), scale)
        save_model(output.models[place], model)
        write_csv(output.histories[place], history)
        write_csv(output.predictions[place], predicted)
        log.progress(place + 1, len(params.models), "models")
