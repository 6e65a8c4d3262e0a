"""界面。What a person sees: look, widgets, window and pages; it asks use cases and knows no rule."""
