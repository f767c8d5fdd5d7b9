"""Charts as coordinates; templates draw them as SVG. Pure."""
