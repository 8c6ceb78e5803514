"""The tokenizer of multilingual-e5-small (XLM-R: unigram pieces, words marked by a leading `▁`), built from its pieces."""

from __future__ import annotations

from pathlib import Path

from ingest.weights import Weights

FILE_NAME = "tokenizer.json"

# What XLM-R does to characters beyond NFKC: control characters go, marks without width count as spaces.
CONTROL = "[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]"
SPACES = "[\t\n\x0c\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"


def write_tokenizer(weights: Weights, folder: Path) -> None:
    """Write `tokenizer.json` into the folder; it cuts texts off at the model's limit."""
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

    pieces = weights.pieces
    names = [name for name, _ in pieces.scores]
    begin, end = names[pieces.begin], names[pieces.end]
    tokenizer = Tokenizer(models.Unigram(list(pieces.scores), unk_id=pieces.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(CONTROL), ""),
            normalizers.Replace(Regex(SPACES), " "),
            normalizers.NFKC(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, pieces.begin), (end, pieces.end)],
    )
    tokenizer.add_special_tokens(
        [AddedToken(names[id_], special=True) for id_ in (pieces.begin, pieces.padding, pieces.end, pieces.unknown)]
    )
    tokenizer.enable_truncation(weights.architecture.positions)
    tokenizer.save(str(folder / FILE_NAME), pretty=False)
