"""The pages on which cases are written, shared, forked and compared."""
