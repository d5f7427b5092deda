from practical_dl.files.artefacts import write_json
from practical_dl.files.predictions import read_class_predictions, rows_of
from practical_dl.images.pseudo_labels.material import read_roles
from practical_dl.images.pseudo_labels.scores import PARTS
from practical_dl.job.runtime import job
from practical_dl.scoring.gain import gain_scores
from practical_dl.scoring.metrics import report

with job(snakemake):
    params = snakemake.params
    roles = [read_roles(path) for path in snakemake.input.roles]
    wanted = PARTS[snakemake.wildcards.part]
    ids = {
        image_id for table in roles for image_id in table["image_id"][table["role"].isin(wanted)]
    }
    technique, control = (
        rows_of(read_class_predictions(snakemake.input[name]), ids)
        for name in ("technique", "control")
    )
    scores = gain_scores(technique, control, params.seed)
    content = report(params.model, params.part, control.ids, control.groups, scores, params.seed)
    write_json(snakemake.output.metrics, content)
