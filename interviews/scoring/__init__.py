"""The local scorer: a submission in, a sheet of 50 levels with their quotations out. Pure, offline, deterministic."""

import os

# Before numpy is there: threads of its linear algebra would not survive a worker pool's fork, and one submission is one
# core's work; more cores are used by more processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
