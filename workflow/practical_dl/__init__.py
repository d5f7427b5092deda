"""Everything that the workflow computes and the commands do; see docs/README.md for its rooms."""

from practical_dl.job.surroundings import shut_out

shut_out()
