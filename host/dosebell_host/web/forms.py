"""What a form sent: names and their values."""

from urllib.parse import parse_qs

from starlette.requests import Request

from dosebell_host.errors import UserError

# A schedule of 64 doses takes less than twenty fields a dose.
MOST_FIELDS = 2000

Form = dict[str, list[str]]


def form_of(request: Request) -> Form:
    """The fields of a form, in order; empty ones stay. Raises `UserError` where it is none."""
    body: bytes = request.state.body
    try:
        return parse_qs(
            body.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        fix = "go back, load the page again and fill in its form once more"
        raise UserError("what was sent is no form of this page", fix=fix) from None


def field(form: Form, name: str) -> str:
    """The value of a field, the last one where it came several times; "" without one."""
    return form.get(name, [""])[-1]
