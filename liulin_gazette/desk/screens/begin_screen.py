"""The screen on which a gazette is begun in a folder that has none: its name, and what follows from it."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from liulin_gazette.desk.act_words import at_desk
from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.form import Form
from liulin_gazette.desk.screen import NOT_POSSIBLE, act, missing, moved, page, view
from liulin_gazette.editing.changes import apply
from liulin_gazette.editing.counties.new_gazette import InitError
from liulin_gazette.editing.gazette_settings_file import FILE
from liulin_gazette.editing.named_county import TITLE, county_named, settings_change, syllables
from liulin_gazette.model.series import IRREGULAR, PERIODS

ADDRESS = "/begin/"
_USUAL = {"name": "", "code": "", "frequency": "双月刊", "area_code": ""}


def routes(desk: Desk) -> list[Route]:
    """Return the routes of the screen."""
    return [
        view(desk, ADDRESS, lambda request: _asked(desk, request)),
        act(desk, ADDRESS, lambda request, form: _begin(desk, request, form)),
    ]


def is_without_gazette(desk: Desk) -> bool:
    """Tell whether the folder has no settings of a gazette."""
    return not (desk.root / FILE).exists()


def _asked(desk: Desk, request: Request) -> Response:
    if not is_without_gazette(desk):
        raise missing()
    return _page(desk, request, _USUAL)


def _page(desk: Desk, request: Request, values: dict[str, str], fault: str = "") -> Response:
    status = NOT_POSSIBLE if fault else 200
    frequencies = (*PERIODS, IRREGULAR)
    return page(desk, request, "begin", status, values=values, fault=fault, frequencies=frequencies)


def _begin(desk: Desk, request: Request, form: Form) -> Response:
    """Write the settings; what no gazette can be made from is told above the form. Raises EditorError."""
    values = {name: form.get(name).strip() for name in _USUAL}
    name, code, per_year = values["name"], values["code"], PERIODS.get(values["frequency"], 0)
    try:
        county = county_named(name, code, date.today().year, per_year, values["area_code"])
        change = settings_change(desk.root, county)
    except InitError as error:
        return _page(desk, request, values, error.told_with(at_desk))
    apply(desk.root, TITLE, (change,))
    unsure = [each for each in syllables(name, code) if not each.is_certain]
    readings = "、".join(f"“{each.han}”读作 {each.spelling}" for each in unsure)
    told = f"建好了《{name}》，主办单位是{county.publisher}。" + (
        f"{readings}，不对的，在出第一期以前到“设置”里改“读音”和“拼音刊名”。" if readings else ""
    )
    return moved(request, "/", told)
