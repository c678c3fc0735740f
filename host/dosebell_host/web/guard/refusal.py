"""How a request is refused: one plain page with a sentence, and the connection ends."""

from starlette.responses import HTMLResponse, Response

from dosebell_host.web.show import templates


def refusal(status: int, sentence: str, **headers: str) -> Response:
    """A page with one sentence. What else comes on the connection is not read: a body may be
    refused before it was sent.
    """
    text = templates().get_template("refused.html").render(sentence=sentence)
    return HTMLResponse(text, status, headers={"connection": "close", **headers})
