"""A scan: pages as grey images, a little askew and noisy, without a text layer."""

from __future__ import annotations

import zlib
from io import BytesIO

import numpy as np
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from evals.building.letterhead import INVENTED
from evals.building.source import Source

DOTS_PER_INCH = 200
TURN_DEGREES = 0.7
PAPER, INK = 243, 40  # grey levels, 0-255
GRAIN = 5.0  # standard deviation of the noise, grey levels
JPEG_QUALITY = 42


def scanned(content: bytes, source: Source) -> bytes:
    """The PDF `content` as if printed and scanned; the noise is a function of the document's id."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1, pageCompression=0)
    canvas.setTitle(source.title)
    canvas.setSubject(INVENTED)  # nothing else in the file can be read without eyes
    canvas.setCreator("Exempelkommun")
    noise = np.random.default_rng(zlib.crc32(source.id.encode()))
    for number, page in enumerate(_images(content)):
        sheet = _sheet(page, noise, -TURN_DEGREES if number % 2 else TURN_DEGREES)
        canvas.drawImage(ImageReader(sheet), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _images(content: bytes) -> list[Image.Image]:
    import pypdfium2

    with pypdfium2.PdfDocument(content) as document:
        return [page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil() for page in document]


def _sheet(page: Image.Image, noise: np.random.Generator, degrees: float) -> BytesIO:
    """One page as a JPEG: turned, with the grey of paper and toner, and with grain."""
    turned = page.convert("L").rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    grey = INK + np.asarray(turned, dtype=np.float64) * ((PAPER - INK) / 255)
    grey += noise.normal(0.0, GRAIN, grey.shape)
    image = Image.fromarray(np.clip(np.rint(grey), 0, 255).astype(np.uint8), "L")
    stream = BytesIO()
    image.save(stream, "JPEG", quality=JPEG_QUALITY, dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    stream.seek(0)
    return stream
