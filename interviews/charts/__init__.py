"""Charts as plain values: what is drawn where, in the units of an SVG's viewBox. Pure; templates draw them."""
