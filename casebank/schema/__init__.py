"""The form of a case on disk: reading YAML safely, the schema, and the checks that a schema cannot say. Pure.

content = read_case(folder)      # Content, or raises Faulty with every fault: file, line, key, reason

`onefile` has the same case as one document, `jsonschema` what an editor checks while one types.
"""

from .content import Content, Faulty, Reading, read_case, shared_runs
from .faults import Fault

__all__ = ["Content", "Fault", "Faulty", "Reading", "read_case", "shared_runs"]
