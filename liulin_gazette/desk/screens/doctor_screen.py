"""The screen that checks this computer: what is installed, what may be written, whether a line can be set."""

from __future__ import annotations

from itertools import chain

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from liulin_gazette.desk.act_words import at_desk
from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.screen import act, page, view
from liulin_gazette.preparation.machine import MachineCheck, check_machine
from liulin_gazette.review.tools import check_tools


def routes(desk: Desk) -> list[Route]:
    """Return the routes of the check, which writes and removes a file in each folder: so it is asked for by POST."""
    return [
        view(desk, "/doctor/", lambda request: page(desk, request, "doctor", checks=None)),
        act(desk, "/doctor/", lambda request, _form: _doctor(desk, request)),
    ]


def _doctor(desk: Desk, request: Request) -> Response:
    checks: list[MachineCheck] = [*chain(check_machine(desk.root), check_tools(desk.root, at_desk))]
    return page(desk, request, "doctor", checks=checks, faults=sum(not check.is_ok for check in checks))
