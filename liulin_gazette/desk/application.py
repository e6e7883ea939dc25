"""The desk as one web application: the screens behind the guard, and the style sheets and scripts that they share."""

from __future__ import annotations

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from liulin_gazette.desk import live_pages
from liulin_gazette.desk.access_guard import DESK_POLICY, SAMPLE_POLICY, guarded
from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.guards.session_keys import Keys
from liulin_gazette.desk.media_types import media_type
from liulin_gazette.desk.screen import missing, refused, view
from liulin_gazette.desk.screens import (
    begin_screen,
    doctor_screen,
    document_history_screen,
    document_place_screen,
    document_screen,
    history_screen,
    home_screen,
    intake_screen,
    issue_screen,
    manual_screen,
    new_document_screen,
    new_issue_screen,
    picture_screen,
    production_screen,
    reviewing_screen,
    rule_screen,
    settings_screen,
    table_grid_screen,
    tour_screen,
    unlisted_file_screen,
)
from liulin_gazette.rendering.templates import read_templates

SCREENS: tuple[Callable[[Desk], list[Route]], ...] = (
    home_screen.routes,
    begin_screen.routes,
    new_issue_screen.routes,
    issue_screen.routes,
    unlisted_file_screen.routes,
    document_place_screen.routes,
    new_document_screen.routes,
    intake_screen.routes,
    document_screen.routes,
    document_history_screen.routes,
    table_grid_screen.routes,
    production_screen.routes,
    reviewing_screen.routes,
    history_screen.routes,
    rule_screen.routes,
    manual_screen.routes,
    doctor_screen.routes,
    picture_screen.routes,
    settings_screen.routes,
    tour_screen.routes,
    live_pages.routes,
)
"""Each screen's routes, in the order in which they are looked for."""
STATIC = (".css", ".js")
TOKENS = "tokens.css"


def application(desk: Desk, keys: Keys) -> ASGIApp:
    """Return the web application of ``desk``; ``keys`` open its session."""

    async def not_found(request: Request, _error: Exception) -> Response:
        return refused(desk, request, missing())

    routes = [route for screen in SCREENS for route in screen(desk)]
    routes.append(view(desk, "/static/{name}", lambda request: _static(desk, request.path_params["name"])))
    screens = Starlette(routes=routes, exception_handlers={404: not_found, 405: not_found})
    return guarded(screens, desk, keys, SAMPLE_POLICY if desk.is_sample else DESK_POLICY)


def _static(desk: Desk, name: str) -> Response:
    """Return the style sheet or script ``name`` of the desk. Raises MissingScreenError."""
    path = name if name == TOKENS else f"desk/{name}"
    templates = read_templates(desk.root)
    if not name.endswith(STATIC) or "/" in name or path not in templates.files:
        raise missing()
    return Response(templates.files[path], media_type=media_type(name))
