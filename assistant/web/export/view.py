"""The buttons that take an answer or the whole conversation along; nothing of it is stored on the server.

A file is made when it is asked for and given to the browser within the event's own response, so there is no address it
could be fetched from afterwards. What the clipboard takes lies, inert, beside each answer.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from typing import Any

import gradio as gr

from assistant.markup import Html, element
from assistant.model import Language
from assistant.web.conversation import Conversation, Exchange
from assistant.web.export.clipboard import clipboard_html, clipboard_text
from assistant.web.export.markdown import render_markdown
from assistant.web.export.transcript import entry, transcript
from assistant.web.export.word import render_word
from assistant.web.export.words import export_words
from assistant.web.shared import Shared

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARKDOWN_TYPE = "text/markdown;charset=utf-8"


def build(shared: Shared, conversation: Any) -> Any:
    """The buttons for the whole conversation, in a row that is given back; `conversation` is its gr.State."""
    language = shared.language
    words = export_words(language)
    with gr.Row(elem_id="export") as row:
        buttons = (gr.Button(words.word, elem_id="export-word"), gr.Button(words.markdown, elem_id="export-markdown"))
        given = gr.JSON(visible="hidden", elem_id="export-file")

    def word(held: Conversation, request: gr.Request) -> dict[str, str]:
        made = datetime.now().astimezone()
        content = render_word(transcript(held, language, f"{made:%Y-%m-%d %H:%M}", _base(request)), made)
        return _file(content, f"{words.file_name}-{made:%Y-%m-%d}.docx", WORD_TYPE)

    def markdown(held: Conversation, request: gr.Request) -> dict[str, str]:
        made = datetime.now().astimezone()
        content = render_markdown(transcript(held, language, f"{made:%Y-%m-%d %H:%M}", _base(request)))
        return _file(content.encode(), f"{words.file_name}-{made:%Y-%m-%d}.md", MARKDOWN_TYPE)

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    for button, made_by in zip(buttons, (word, markdown), strict=True):
        button.click(made_by, conversation, given, **quiet).success(None, given, None, js=_SAVE, **quiet)
    return row


def copy_button(exchange: Exchange, language: Language) -> Html:
    """A button that copies an answer with its sources, and what it copies; nothing where there is no answer.

    `language` is the page's. `SCRIPT` makes it work.
    """
    if exchange.answer is None:
        return Html()
    words, said = export_words(language), entry(exchange, exchange.answer)
    return element(
        "span",
        element(
            "button",
            words.copy,
            type="button",
            class_="copy",
            data_copied=words.copied,
            data_failed=words.not_copied,
        ),
        element("template", element("pre", clipboard_text(said)), clipboard_html(said)),
        element("span", role="status", class_="said"),
        class_="copying",
        lang=language,
    )


# For the `js_on_load` of the gr.HTML that the buttons stand in. The old way of copying is the one that also works on an
# address without https, as in an intranet; the addresses in the copy begin with the server's.
SCRIPT = """
element.addEventListener('click', event => {
    const button = event.target.closest('button.copy');
    if (!button) return;
    const held = button.parentElement.querySelector('template').content.cloneNode(true);
    for (const link of held.querySelectorAll('a')) {
        link.setAttribute('href', new URL(link.getAttribute('href'), location.origin).href);
    }
    const text = held.querySelector('pre').textContent.replace(/^(?=\\/reader\\?)/gm, location.origin);
    const html = held.querySelector('div').outerHTML;
    const fill = copying => {
        copying.preventDefault();
        copying.clipboardData.setData('text/plain', text);
        copying.clipboardData.setData('text/html', html);
    };
    document.addEventListener('copy', fill, {once: true});
    const copied = document.execCommand('copy');
    document.removeEventListener('copy', fill);
    const said = button.parentElement.querySelector('.said');
    said.textContent = '';
    setTimeout(() => { said.textContent = copied ? button.dataset.copied : button.dataset.failed; }, 50);
});
"""

_SAVE = """
file => {
    if (!file) return;
    const bytes = Uint8Array.from(atob(file.content), sign => sign.charCodeAt(0));
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([bytes], {type: file.type}));
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
"""


def _file(content: bytes, name: str, kind: str) -> dict[str, str]:
    return {"name": name, "type": kind, "content": b64encode(content).decode()}


def _base(request: gr.Request) -> str:
    """The address that the reader has the page from."""
    return f"{request.request.base_url.scheme}://{request.request.base_url.netloc}"
