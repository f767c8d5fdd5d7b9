"""The local scorer: a submission in, a sheet of 50 levels with their quotations out. Pure, offline, deterministic."""
