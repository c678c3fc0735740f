"""The stock forecast: what is left, and the day on which it runs out."""

from dosebell_host.history.stock import HORIZON_DAYS, StockOutlook, lasts_text
from dosebell_host.pictures.period import DateAxis, Period, weekday_words
from dosebell_host.pictures.picture import SMALL, Numbers, Picture, Sheet, at

WIDTH = 330.0
_LEFT, _RIGHT, _TOP, _PLOT, _BELOW = 34.0, 6.0, 16.0, 46.0, 14.0
_CAPTION = "What is left, where all is taken as planned; the box warns at the dashed line."
# So many days more than it lasts are shown, in per cent, so that the end is seen.
_MORE_PERCENT = 15


def stock_forecast(name: str, outlook: StockOutlook) -> Picture:
    """A line from what is left today down to nothing, where all is taken as planned."""
    sheet = Sheet(WIDTH, f"{name}: what is left", _description(outlook))
    axis = DateAxis(_period(outlook), _LEFT, WIDTH - _LEFT - _RIGHT)
    bottom = _TOP + _PLOT
    left, most = max(0, outlook.left), max(outlook.left, outlook.low, 1)

    def y(pieces: float) -> float:
        return _TOP + _PLOT * (1 - pieces / most)

    axis.draw(sheet, _TOP, bottom)
    sheet.line("nothing", _LEFT, bottom, WIDTH - _RIGHT, bottom)
    steps = f"M{at(_LEFT)} {at(y(outlook.low))}H{at(WIDTH - _RIGHT)}"
    look = {"stroke": "currentColor", "stroke_width": 0.9, "stroke_dasharray": "3 2"}
    sheet.path("low", steps, **look)
    for pieces in dict.fromkeys((left, 0)):
        sheet.text(_LEFT - 3, y(pieces) + 3, str(pieces), _LEFT - 4, SMALL, "end")
    _line(sheet, axis, y(left), bottom, outlook)
    sheet.text(_LEFT, _TOP - 6, _end_words(outlook), WIDTH - _LEFT, bold=True)
    return sheet.picture(bottom + _BELOW, _numbers(name, outlook), _CAPTION)


def _period(outlook: StockOutlook) -> Period:
    last = outlook.runs_out_day or outlook.today + HORIZON_DAYS
    more = max(7, (last - outlook.today) * _MORE_PERCENT // 100)
    return Period(outlook.today, last + more)


def _line(sheet: Sheet, axis: DateAxis, top: float, bottom: float, outlook: StockOutlook) -> None:
    look = {"stroke": "currentColor", "stroke_width": 2}
    start = f"M{at(axis.left)} {at(top)}"
    if outlook.runs_out_day is None:
        sheet.path("left", f"{start}H{at(axis.left + axis.width)}", **look)
        return
    x = axis.start(outlook.runs_out_day)
    sheet.path("left", f"{start}L{at(x)} {at(bottom)}", **look)
    sheet.path("end", f"M{at(x)} {at(_TOP)}V{at(bottom)}", **{**look, "stroke_width": 1.2})


def _end_words(outlook: StockOutlook) -> str:
    end = outlook.runs_out_day
    return lasts_text(outlook, "" if end is None else f"not enough from {weekday_words(end)} on")


def _description(outlook: StockOutlook) -> str:
    return f"{_end_words(outlook)}; the dashed line is where the box warns: {outlook.low}."


def _numbers(name: str, outlook: StockOutlook) -> Numbers:
    end = outlook.runs_out_day
    row = (
        max(0, outlook.left),
        outlook.low,
        weekday_words(outlook.today),
        "not within two years" if end is None else weekday_words(end),
    )
    head = ("left", "the box warns at", "on", "not enough from")
    return Numbers(f"{name}: what is left", head, (row,))
