from practical_dl.files.artefacts import write_csv, write_json
from practical_dl.job.runtime import job
from practical_dl.reviews.ensemble.ensemble import equal_weights, fit_ensemble, joined_logits
from practical_dl.reviews.models.runs import joined_frame, read_runs
from practical_dl.scoring.metrics import log_losses

with job(snakemake) as log:
    import numpy as np

    params, output = snakemake.params, snakemake.output
    runs = {
        role: {
            member: read_runs(path)
            for member, path in zip(params.members, snakemake.input[role], strict=True)
        }
        for role in ("valid", "test")
    }
    logits = {role: joined_logits(of_role) for role, of_role in runs.items()}
    first = {role: of_role[params.members[0]] for role, of_role in runs.items()}
    labels = first["valid"].labels
    inductive = [member != params.transductive for member in params.members]
    chosen = fit_ensemble(logits["valid"], labels)
    ensembles = {
        "": chosen,
        "equal_": equal_weights(len(params.members)),
        "inductive_": fit_ensemble(logits["valid"][:, inductive], labels).among(inductive),
    }
    losses = {}
    for prefix, ensemble in ensembles.items():
        positive = {role: ensemble.probabilities(logits[role]) for role in runs}
        for role in runs:
            frame = joined_frame(first[role], positive[role], params.seed)
            write_csv(output[f"{prefix}{role}"], frame)
        both = np.column_stack([1 - positive["valid"], positive["valid"]])
        losses[f"{prefix}valid_log_loss"] = float(log_losses(labels, both).mean())
    weights = dict(zip(params.members, chosen.weights.tolist(), strict=True))
    log.show(", ".join(f"{name} {weight:.2f}" for name, weight in weights.items() if weight > 0))
    write_json(output.weights, {"weights": weights, "intercept": chosen.intercept, **losses})
