"""The form that sends files, and its script: one request a file, then one event with what became of each."""

from __future__ import annotations

import json
from collections.abc import Sequence

from assistant.markup import Html, element
from assistant.model import Language
from assistant.web.archive_search import limits
from assistant.web.archive_texts import archive_texts
from assistant.web.uploads import MARK, UPLOADS
from ingest.read import READERS
from ingest.settings import Settings


def form(settings: Settings, municipalities: Sequence[str], language: Language) -> Html:
    """The form; the municipality may be one of the known or a new one."""
    words = archive_texts(language)
    said = {
        "none": words.no_files,
        "many": words.too_many.format(files=settings.upload_files),
        "sending": words.sending,
    }
    ids = {name: f"upload-{name}-{language}" for name in ("whose", "known", "files", "limits")}
    whose = element(
        "input",
        id=ids["whose"],
        list=ids["known"],
        name="municipality",
        type="text",
        maxlength=80,
        required="required",
        autocomplete="off",
        value=municipalities[0] if len(municipalities) == 1 else None,
    )
    files = element(
        "input",
        id=ids["files"],
        name="files",
        type="file",
        multiple="multiple",
        accept=",".join(READERS),
        aria_describedby=ids["limits"],
    )
    return element(
        "form",
        element("p", words.upload_hint, class_="hint"),
        element(
            "div",
            element("div", element("label", words.whose, for_=ids["whose"]), whose),
            element("datalist", *(element("option", value=each) for each in municipalities), id=ids["known"]),
            element("div", element("label", words.files, for_=ids["files"]), files),
            class_="fields",
        ),
        element("p", limits(settings, language), id=ids["limits"], class_="hint"),
        element("button", words.send, type="submit", class_="primary"),
        element("progress", max=1, value=0, hidden="hidden", aria_label=words.upload),
        element("p", role="status", class_="message"),
        class_="upload",
        data_words=json.dumps(said, ensure_ascii=False),
        data_most=settings.upload_files,
    )


# Each file is sent by itself, so that one that is refused doesn't hold up the others, and how far it has come can be shown.
SEND = f"""
const form = element.querySelector('form');
const words = JSON.parse(form.dataset.words);
const bar = form.querySelector('progress');
const line = form.querySelector('[role=status]');
const send = form.querySelector('[type=submit]');
const post = (file, municipality, told) => new Promise(done => {{
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({{name: file.name, municipality}});
    request.open('POST', '{UPLOADS}?' + query);
    request.setRequestHeader('{MARK}', 'upload');
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = event => told(event.total ? event.loaded / event.total : 0);
    request.onloadend = () => done({{refused: request.status === 403 ? 'role' : 'other', ...request.response, name: file.name}});
    request.send(file);
}});
form.addEventListener('submit', async event => {{
    event.preventDefault();
    const files = [...form.elements.files.files];
    if (!files.length || files.length > Number(form.dataset.most)) {{
        line.textContent = files.length ? words.many : words.none;
        return;
    }}
    send.disabled = true;
    bar.hidden = false;
    const results = [];
    for (const [number, file] of files.entries()) {{
        const filled = {{name: file.name, number: number + 1, total: files.length}};
        line.textContent = words.sending.replace(/{{(\\w+)}}/g, (_, key) => filled[key]);
        results.push(await post(file, form.elements.municipality.value, part => bar.value = (number + part) / files.length));
    }}
    line.textContent = '';
    bar.hidden = true;
    send.disabled = false;
    form.elements.files.value = '';
    trigger('submit', {{files: results}});
}});
"""
