"""用例。What a person may ask for: one file per request."""
