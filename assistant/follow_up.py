"""Follow-ups: whether a question in a conversation goes on about what was said, or is a new one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.model import Passage

_OPENING = re.compile(
    r"^\s*(?:och|men|då|så|fast|and|but|so|then|what about|how about|hur är det med|vad gäller för)\b", re.IGNORECASE
)
_ANAPHOR = re.compile(
    r"\b(?:den|det|de|dem|dess|deras|detta|denna|dessa|där|då|han|hon|hans|hennes|samma|densamma|detsamma|it|its|they|them|their|this|that|those"
    r"|these|there|he|she|his|her|then|same)\b",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\b(?:går|gick|är|var|blir|blev|finns|fanns|händer|hände|kostar|kostade) det\b|\b(?:is|was|are|were) there\b",
    re.IGNORECASE,
)
# What may be asked of any matter tells no topic: how it was decided, what it costs, when it begins.
_OF_ANY_MATTER = re.compile(
    r"reserv|röst|vote|yrka|move|motion|föresl|förslag|propos|suggest|förvaltning|tjänstem|official|administration|nämnd|opposition|majorit"
    r"|part(?:i|y)|besl[uö]t|deci|villkor|condition|krav|motiv|skäl|reason|argu|kost|cost|pris|price|pengar|money|summa|sum$|belopp|betal|pa(?:y|id)"
    r"|gäll|appl|börja|start|begin|träd|kraft|upphör|end|force|ansvar|responsib|handläggare|överklag|appeal|utfall|outcome|result|tyck|think|thought"
    r"|sä[gj]|sa(?:y|id|de)|händ|happen|hela$|whole|bl(?:ev|i)|bec[ao]me|klar|done|want|ville|instead|ställ|syfte|purpose|nästa|next|steg|step"
    r"|underlag|mer$|more$|else|detalj|detail|stod|bakom|motsatt|oppose"
)
# A question goes on about what was said unless it is answered so much better by itself: the difference between the scores of the best
# sentence anywhere and of the best in the matter spoken of. Chosen on the follow-ups among the dev cases, on dev questions put after an
# unrelated one (`radslag interrupt`), and on thirty short ones ("Vad kostar sophämtning?") put so.
ROOM = 10.0
FOR_TOPIC = -9.0  # a word of its own that names a topic
FOR_MORE = -2.0  # each further one
FOR_OPENING = 8.0
FOR_ANAPHOR = 7.0
FAR = 8.0  # no difference counts for more
MIN_QUOTED_CHARS = 30  # shorter sentences may be the same by chance
MIN_ROW_CHARS = 12  # of the cells of a row


def opens(text: str) -> bool:
    """Whether the text begins as what is tied to something said before ("Och …", "What about …")."""
    return bool(_OPENING.match(text))


def points_back(text: str) -> bool:
    """Whether the text has a word that stands for something said before ("den", "there"); in "hur gick det med …" it stands for nothing."""
    return bool(_ANAPHOR.search(_EXPLETIVE.sub(" ", text)))


def leeway(text: str, words: Sequence[str], numbers: int) -> float:
    """How much better, in scores of evidence, a question may be answered by itself and yet go on about what was said.

    Below 0 it is a new question, from `FAR` on it goes on whatever it finds. `words` are its words of substance, in lower case and without
    those of offices; `numbers` counts the numbers it names.
    """
    topics = sum(not _OF_ANY_MATTER.match(word) for word in words) + numbers
    of_topics = FOR_TOPIC + FOR_MORE * (topics - 1) if topics else 0.0
    return ROOM + of_topics + FOR_OPENING * opens(text) + FOR_ANAPHOR * points_back(text)


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
