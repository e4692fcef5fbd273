"""Built-in templates: what they say comes as values, Typst makes the PDF."""
