"""The report in depth: what would have gained most, the objective chain, time against the plan, what the interviewer
marked, what a changed constraint changed, and the board beside the reference's."""
