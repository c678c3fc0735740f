"""Pictures and tables of `pictures/` and `report/` inside a template, which escapes all else."""

from markupsafe import Markup as Safe

from dosebell_host.pictures.markup import Markup

__all__ = ["Safe", "drawn"]


def drawn(markup: Markup) -> Safe:
    """The markup as a template takes it as it is. Raises `TypeError` for text: only what
    `pictures.markup` made, where whatever others wrote is escaped, may pass.
    """
    if not isinstance(markup, Markup):
        raise TypeError("only markup of pictures is drawn as it is")
    return Safe(markup)
