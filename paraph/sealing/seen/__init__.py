"""What a reader sees of a PDF: words and where they stand, amounts, pictures, glyphs."""
