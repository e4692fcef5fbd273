"""One way to show a list: search, filters, presets, columns, selection; rooms fill it."""
