from practical_dl.artefacts import write_json
from practical_dl.images.gain import gain_scores
from practical_dl.images.pseudo_material import read_roles
from practical_dl.images.pseudo_scores import PARTS
from practical_dl.metrics import report
from practical_dl.predictions import read_class_predictions, rows_of
from practical_dl.runtime import job

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
