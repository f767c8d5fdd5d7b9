"""The site: settings, routes, processes. It wires the apps and holds no product rule."""
