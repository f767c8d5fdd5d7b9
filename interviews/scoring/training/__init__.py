"""How the models in `data/` are made; needs scikit-learn, which the product itself does not (see docs/scoring.md)."""
