"""How the window looks: the only place that names a colour, a size or a style."""
