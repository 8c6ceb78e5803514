"""Model: were the vectors made by the encoder that questions will be encoded with?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ingest.doctor.examined import Examined
from ingest.doctor.finding import Finding, Severity
from ingest.errors import EncoderError
from ingest.store import ENCODER

NAME = "model"
SAMPLE = 32  # passages encoded once more, spread over the index
SAME = 0.999  # cosine of a stored vector with that of the same words encoded again


def check_model(examined: Examined) -> Iterator[Finding]:
    """Another encoder than the settings name, and stored vectors that it would not give."""
    recorded = examined.registry.meta(ENCODER)
    roots = sorted(set(examined.roots.values()))
    if recorded is None or recorded != examined.fingerprint:
        made = f"was made with the encoder {recorded}" if recorded else "does not say which encoder made it"
        yield Finding(
            NAME,
            Severity.ERROR,
            "other",
            f"the index {made}; the settings give {examined.fingerprint}",
            examined.command("ingest", *roots),
            before="set model, precision, query_prompt and passage_prompt as they were; or, to keep the settings, "
            f"remove the folder {examined.settings.index}",
        )
        return
    ids = sorted(examined.registry.passage_ids())
    chosen = ids[:: max(1, len(ids) // SAMPLE)][:SAMPLE]
    if not chosen:
        return
    try:
        encoder = examined.encoder()
    except EncoderError as error:
        yield Finding(NAME, Severity.ERROR, "unloadable", str(error), examined.command("ingest", *roots))
        return
    try:
        stored = examined.registry.vectors(chosen)
        passages = examined.registry.passages(chosen)
    except ValueError:  # the check of the spans tells of passages that can't be read back
        return
    differing: dict[str, float] = {}
    for number in examined.progress(sorted(passages.keys() & stored.keys())):
        again = encoder.encode_passages([passages[number].passage.embedded_text])[0]
        likeness = float(again @ stored[number]) if again.shape == stored[number].shape else 0.0
        if not np.isfinite(likeness) or likeness < SAME:
            document = passages[number].passage.document
            differing[document] = min(likeness, differing.get(document, 1.0))
    anew = examined.read_anew(list(differing))
    for document, likeness in differing.items():
        yield Finding(
            NAME,
            Severity.ERROR,
            "differs",
            f"a passage encoded again has a cosine of {likeness:.3f} to its stored vector, not 1",
            anew[document],
            document=document,
        )
