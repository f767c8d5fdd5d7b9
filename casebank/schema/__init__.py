"""The form of a case on disk: reading YAML safely, the schema, and the checks that a schema cannot say. Pure.

content = read_case(folder)      # Content, or raises Faulty with every fault: file, line, key, reason
"""

from .content import Content, Faulty, read_case, shared_runs
from .faults import Fault

__all__ = ["Content", "Fault", "Faulty", "read_case", "shared_runs"]
