"""How the models in `data/` are made; needs torch and scikit-learn, which the product does not (docs/scoring.md)."""
