"""Follow-ups: whether a question in a conversation goes on about what was said, or is a new one."""

from __future__ import annotations

import re

from ingest.model import Passage

_OPENING = re.compile(
    r"^\s*(?:och|men|då|så|fast|and|but|so|then|what about|how about|hur är det med|vad gäller för)\b", re.IGNORECASE
)
_ANAPHOR = re.compile(
    r"\b(?:den|det|de|dem|dess|deras|detta|denna|dessa|där|då|han|hon|hans|hennes|samma|densamma|detsamma|it|its|they|them|their|this|that|those"
    r"|these|there|he|she|his|her|then|same)\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(  # "… om e-förslag", "… about the playground"
    r"(?<!händer )(?<!gäller )(?<!what )(?<!how )\b(?:om|angående|kring|beträffande|about|regarding|concerning)\s+(?:(?:en|ett|the|an?)\s+)?"
    rf"(?!{_ANAPHOR.pattern}|att\b|man\b|vi\b|jag\b|we\b|you\b)[^\W\d_][\w-]{{3,}}",
    re.IGNORECASE,
)
# A question goes on about what was said unless it is answered so much better by itself: the difference between the scores of the best
# sentence anywhere and of the best in the matter spoken of. The fewer words of its own it has, the greater that must be. Chosen on the
# follow-ups among the dev cases and on dev questions put after an unrelated one (`radslag interrupt`).
ROOM = 10.0
PER_WORD = -2.0
FOR_OPENING = 3.0
FOR_ANAPHOR = 2.0
FOR_TOPIC = -6.0
FAR = 8.0  # no difference counts for more
MIN_QUOTED_CHARS = 30  # shorter sentences may be the same by chance
MIN_ROW_CHARS = 12  # of the cells of a row


def opens(text: str) -> bool:
    """Whether the text begins as what is tied to something said before ("Och …", "What about …")."""
    return bool(_OPENING.match(text))


def points_back(text: str) -> bool:
    """Whether the text has a word that may stand for something said before ("den", "there")."""
    return bool(_ANAPHOR.search(text))


def leeway(text: str, words: int) -> float:
    """How much better, in scores of evidence, a question may be answered by itself and yet go on about what was said.

    Below 0 it is a new question, from `FAR` on it goes on whatever it finds. `words` counts its words of substance and its numbers.
    """
    signs = FOR_OPENING * opens(text) + FOR_ANAPHOR * points_back(text) + FOR_TOPIC * bool(_TOPIC.search(text))
    return ROOM + PER_WORD * words + signs


def quoted_at(passage: Passage, said: str) -> int | None:
    """Where in an answer, on one line, words of the passage are first quoted; None where none are that couldn't be so by chance."""
    places = []
    for sentence, span in zip(passage.sentences, passage.sentence_spans(), strict=True):
        parts = [cell for cell in sentence.row.cells if cell] if sentence.row else [span.of(passage.text)]
        if sum(map(len, parts)) >= (MIN_ROW_CHARS if sentence.row else MIN_QUOTED_CHARS) and all(
            part in said for part in parts
        ):
            places.append(max(map(said.index, parts)))
    return min(places, default=None)
