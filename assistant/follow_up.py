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
    r"\b(?:går|gick|är|var|blir|blev|finns|fanns|händer|hände) det\b|\b(?:kostar|kostade) det\b(?=[^?,]*\b(?:att|när|om (?:man|du|jag|vi|en|ett|det))\b)|\b(?:is|was|are|were) there\b"
    r"|\b(?:den|det|de) \w+[ae] \w+(?:n|t|na|s)\b",
    re.IGNORECASE,
)
# What may be asked of any matter tells no topic: how it was decided, what it costs, when it begins.
_OF_ANY_MATTER = re.compile(
    r"reserver\w*|reservation\w*|röst(?:er|erna|ade|ades)?|vot(?:es?|ed|ing)|yrka\w*|moved?|motion(?:en|er|erna|ären|era\w*)?|föresl\w+|förslag(?:et|en|s)?"
    r"|propos\w+|suggest\w*|förvaltning(?:en|ens|arna)?|tjänstem\w+|officials?|administration\w*|nämnden|opposition\w*|majorit\w+|parti(?:et|er|erna)?"
    r"|part(?:y|ies)|besl[uö]t\w*|decid\w+|decisions?|villkor\w*|conditions?|krav\w*|motiver\w+|skäl\w*|reasons?|argument\w*|argued?|kosta\w*|kostnad\w*|costs?"
    r"|pris(?:et|er|erna)?|prices?|pengar\w*|money|belopp\w*|betala\w*|pays?|paid|payments?|gäll(?:er|de|a|ande)|appl(?:y|ies|ied)|börja\w*|starta?\w*|beg[aiu]ns?"
    r"|träd(?:er|de|a)|kraft|upphör\w*|end(?:s|ed)?|force|ansvar(?:ar|ig|et)?|responsib\w+|handläggare\w*|överklaga\w*|appeal\w*|utfall\w*|outcome|resultat\w*"
    r"|results?|tyck(?:er|te)|think|thought|säg(?:er|a)|sade|says?|said|händ(?:er|e|a)|happen\w*|whole|bl(?:ev|ir|i)|bec[ao]me|klart?|done|want(?:s|ed)?|ville|instead"
    r"|ställ(?:er|de|t|ning\w*)|syftet?|purpose|nästa|next|steg\w*|steps?|underlag\w*|else|detalj\w*|details?|stod|bakom|motsatte|opposed?"
    r"|made|makes?|gjorde|gjort|lade|lagt|lämna(?:de|t)|väck(?:te|t)|skrev|avgj\w+|avsl(?:og|ogs|ås|agits|agen|aget)|bif(?:öll|ölls|alles|allits|allen|allet)"
    r"|anto(?:g|gs)|antag(?:its|en|et)|godkän(?:t|ts|des|d)|approved?|reject(?:s|ed)?|settled?|adopt(?:s|ed)?|pass(?:es|ed)?|paragraf(?:en)?|omröstning(?:en)?"
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
CHAINED = 6.0  # with this leeway, a question asked earlier ("Gick den igenom?") is understood with the one before it
MIN_QUOTED_CHARS = 30  # shorter sentences may be the same by chance
MIN_ROW_CHARS = 12  # of the cells of a row


def opens(text: str) -> bool:
    """Whether the text begins as what is tied to something said before ("Och …", "What about …")."""
    return bool(_OPENING.match(text))


def points_back(text: str) -> bool:
    """Whether the text has a word that stands for something said before ("den", "there"); in "hur gick det med …" and
    "det nya badet" it stands for nothing."""
    return bool(_ANAPHOR.search(_EXPLETIVE.sub(" ", text)))


def leeway(text: str, words: Sequence[str], numbers: int) -> float:
    """How much better, in scores of evidence, a question may be answered by itself and yet go on about what was said.

    Below 0 it is a new question, from `FAR` on it goes on whatever it finds. `words` are its words of substance, in lower case and without
    those of offices; `numbers` counts the numbers it names.
    """
    topics = sum(not _OF_ANY_MATTER.fullmatch(word) for word in words) + numbers
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
