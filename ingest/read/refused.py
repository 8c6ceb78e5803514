"""Kinds of files that hold documents but are not read: what they are, and what to do with them instead."""

from __future__ import annotations

_SAVE_TEXT = "open it in the program it came from and save it as .docx, .odt or PDF"
_SAVE_SHEET = "save what matters of it as PDF"
_SAVE_PDF = "save it as PDF"
_SAVE_MAIL = "open it in the mail program and save it as .eml or PDF"
_SCAN = "put it into a PDF: scanned pages are read there"
_UNPACK = "unpack it and ingest what is in it"

# By ending: what such a file is, and the remedy.
REFUSED: dict[str, tuple[str, str]] = {
    **dict.fromkeys((".doc", ".dot"), ("old Word files", _SAVE_TEXT)),
    ".rtf": ("Rich Text files", _SAVE_TEXT),
    ".wpd": ("WordPerfect files", _SAVE_TEXT),
    ".pages": ("Pages files", _SAVE_TEXT),
    **dict.fromkeys((".xls", ".xlsx", ".xlsm", ".ods"), ("spreadsheets", _SAVE_SHEET)),
    **dict.fromkeys((".ppt", ".pptx", ".pptm", ".odp"), ("presentations", _SAVE_PDF)),
    ".epub": ("e-books", _SAVE_PDF),
    ".msg": ("Outlook messages", _SAVE_MAIL),
    **dict.fromkeys((".mht", ".mhtml"), ("web archives", "open it in a browser and save it as .html or PDF")),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff", ".bmp", ".webp", ".heic"), ("pictures", _SCAN)),
    **dict.fromkeys((".zip", ".7z", ".rar", ".tar", ".tgz", ".gz"), ("archives", _UNPACK)),
}
