"""The steps of the tour: each is a page of the sample's desk, and a thing on it that is pointed to."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.source.folder import issue_folders

STEP = "tour"
"""Name of the query's value that says which step is shown."""
ISSUE = "{issue}"
"""What stands in an address for the first issue of the sample."""


@dataclass(frozen=True, slots=True)
class TourStep:
    """What one step shows. Its words are in templates/desk/tour_box.html, by ``name``."""

    name: str
    address: str
    target: str
    """CSS selector of what is pointed to."""


STEPS = (
    TourStep("home", "/", ".card .step"),
    TourStep("issue", f"/issues/{ISSUE}/", ".rows .order"),
    TourStep("form", f"/issues/{ISSUE}/documents/02/", "[data-key='发文字号']"),
    TourStep("finding", f"/issues/{ISSUE}/documents/02/", "#findings .finding"),
    TourStep("production", f"/issues/{ISSUE}/production/", ".acts form"),
    TourStep("help", "/", ".desk-head nav"),
)


@dataclass(frozen=True, slots=True)
class ShownStep:
    """The step that a page shows."""

    name: str
    number: int
    count: int
    target: str
    back: str
    """Address of the step before; empty at the first one."""
    next: str
    """Address of the step after; empty at the last one."""


def shown_step(desk: Desk, request: Request) -> ShownStep | None:
    """Return the step that ``request`` asks for; None where it asks for none, or not at the sample's desk."""
    asked = request.query_params.get(STEP, "")
    if not desk.is_sample or asked not in {str(number) for number in range(1, len(STEPS) + 1)}:
        return None
    number, step = int(asked), STEPS[int(asked) - 1]
    return ShownStep(
        step.name, number, len(STEPS), step.target, _address(desk, number - 1), _address(desk, number + 1)
    )


def _address(desk: Desk, number: int) -> str:
    """Return the address of the step ``number``, counted from 1; empty where there is none."""
    if not 1 <= number <= len(STEPS):
        return ""
    issue = next(iter(issue_folders(desk.root)), "content/").rpartition("/")[2]
    return f"{STEPS[number - 1].address.replace(ISSUE, issue)}?{STEP}={number}"
