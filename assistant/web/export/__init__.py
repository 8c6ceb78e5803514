"""A conversation taken out of the web app: as Markdown, as a Word file, and as what the clipboard takes."""
