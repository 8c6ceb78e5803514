"""Builds the invented municipality's archive: Markdown sources become PDF, DOCX, ODT, HTML, e-mail and plain text."""
