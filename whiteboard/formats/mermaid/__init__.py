"""Mermaid flowcharts, for what they and a drawing can both say.

Parts are nodes and areas are subgraphs. A kind travels as the node's class (`n0["FAISS"]:::ann-index`), a flow as the
line: `-->` for online or unsaid, `-.->` for batch (dashed here too), `==>` for stream. Lines without a head are
undirected. Syntax: mermaid.js.org/syntax/flowchart.html (2026). Read, and left aside: shapes, styles, links,
directions, invisible lines.
"""

from whiteboard.formats.mermaid.reader import loads
from whiteboard.formats.mermaid.writer import dumps

__all__ = ["dumps", "loads"]
