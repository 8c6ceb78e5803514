"""What a reader says of an answer: the form below it, and what is done with what was sent.

The form is plain HTML that a keyboard and a screen reader know how to use; the rest of it shows when a verdict is chosen.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast, get_args

from assistant.feedback import MAX_COMMENT_CHARS, FeedbackError, Verdict, entry_of, keep
from assistant.fingerprint import Indexed, basis_of
from assistant.markup import Html, element
from assistant.model import Language
from assistant.web.conversation import Conversation, Exchange, history

logger = logging.getLogger("radslag")


@dataclass(frozen=True)
class Words:
    """The words of one language."""

    question: str
    verdicts: dict[Verdict, str]
    comment: str
    kept: str
    send: str
    given: str  # followed by the verdict
    thanks: str
    wait: str
    failed: str


SWEDISH = Words(
    question="Är svaret rätt?",
    verdicts={"right": "Rätt", "wrong": "Fel", "missing-source": "Källa saknas"},
    comment="Ett ord om varför (frivilligt)",
    kept=(
        "Det här sparas på servern: det du svarar och skriver här, frågorna och svaret ovan med källor och filter. Inget om vem "
        "du är. Skriv inga personuppgifter."
    ),
    send="Skicka",
    given="Ditt omdöme",
    thanks="Tack, det är sparat.",
    wait="Vänta tills frågan är besvarad, och skicka omdömet sedan.",
    failed="Omdömet kunde inte sparas. Kontakta den som sköter programmet.",
)
ENGLISH = Words(
    question="Is the answer right?",
    verdicts={"right": "Right", "wrong": "Wrong", "missing-source": "A source is missing"},
    comment="A word about why (optional)",
    kept=(
        "This is kept on the server: what you choose and write here, the questions and the answer above with sources and filters. "
        "Nothing about who you are. Write no personal data."
    ),
    send="Send",
    given="Your verdict",
    thanks="Thank you, it has been kept.",
    wait="Wait until the question has been answered, then send the verdict.",
    failed="The verdict could not be kept. Contact whoever runs the program.",
)


def feedback_words(language: Language) -> Words:
    return ENGLISH if language == "en" else SWEDISH


def form(number: int, exchange: Exchange, language: Language) -> Html:
    """The form below the exchange with that 1-based number, or what was said of it; `language` is the page's.

    Empty where there is no answer.
    """
    if exchange.answer is None:
        return Html()
    words = feedback_words(language)
    if exchange.verdict is not None:
        said = f"{words.given}: {words.verdicts[exchange.verdict]}. {words.thanks}"
        return element("p", said, class_="feedback", id=f"omdome-{number}", tabindex="-1", lang=language)
    choices = (
        element("label", element("input", type="radio", name="verdict", value=verdict), element("span", shown))
        for verdict, shown in words.verdicts.items()
    )
    comment = element("input", type="text", name="comment", maxlength=MAX_COMMENT_CHARS, autocomplete="off")
    return element(
        "form",
        element("fieldset", element("legend", words.question), *choices),
        element(
            "div",
            element("label", element("span", words.comment), comment),
            element("p", words.kept, class_="kept", id=f"sparas-{number}"),
            element("button", words.send, type="submit", aria_describedby=f"sparas-{number}"),
            class_="more",
        ),
        class_="feedback",
        data_number=number,
        lang=language,
    )


def received(
    service: Indexed, conversation: Conversation, given: Mapping[str, Any], language: Language, time: str
) -> tuple[Conversation, str]:
    """Keep what a form sent; the conversation with the verdict in the form's place, and what to announce.

    What isn't from a form, or is about an answer that has a verdict already, changes nothing. `time` is ISO, UTC.
    """
    number, verdict, comment = given.get("number"), given.get("verdict"), given.get("comment")
    words = feedback_words(language)
    if verdict not in get_args(Verdict) or not isinstance(number, int) or not 1 <= number <= len(conversation):
        return conversation, ""
    exchange = conversation[number - 1]
    if exchange.answer is None or exchange.pending or exchange.verdict is not None:
        return conversation, ""
    if any(
        each.pending for each in conversation
    ):  # its answer is about to replace the conversation, and with it the verdict
        return conversation, words.wait
    basis = basis_of(service)
    entry = entry_of(
        exchange.answer,
        history(conversation[: number - 1]),
        exchange.filters,
        cast(Verdict, verdict),
        comment if isinstance(comment, str) else "",
        {"code": basis.code, "corpus": basis.corpus, "model": basis.model, "settings": basis.settings},
        time,
    )
    try:
        keep(entry, service.settings)
    except FeedbackError as error:
        logger.error("%s", error)
        return conversation, words.failed
    marked = replace(exchange, verdict=cast(Verdict, verdict))
    shown = exchange.shown.replace(form(number, exchange, language), form(number, marked, language))
    marked = replace(marked, shown=Html(shown))
    return (*conversation[: number - 1], marked, *conversation[number:]), words.thanks


# For the `js_on_load` of the gr.HTML that the forms stand in: it triggers `feedback` with number, verdict and comment. When
# the form has been replaced by what was said, the focus goes there.
SCRIPT = """
let told = 0;
element.addEventListener('submit', event => {
    const form = event.target.closest('form.feedback');
    if (!form) return;
    event.preventDefault();
    const sent = new FormData(form);
    told = Number(form.dataset.number);
    trigger('feedback', {number: told, verdict: sent.get('verdict'), comment: sent.get('comment')});
});
watch('value', () => requestAnimationFrame(() => {
    const said = told && document.getElementById(`omdome-${told}`);
    if (!said) return;
    told = 0;
    said.focus({preventScroll: true});
}));
"""
