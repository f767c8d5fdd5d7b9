"""A report to take along: plain values, written as Markdown or PDF, or shown to whoever was given a link."""
