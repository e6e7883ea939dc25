"""The screen that takes a checked issue to the public: proof, comparison, build, publication, verification."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from liulin_gazette.desk import production_work
from liulin_gazette.desk.act_words import desk_words
from liulin_gazette.desk.background_work import BackgroundWork, Outcome, Say
from liulin_gazette.desk.desk_session import Desk
from liulin_gazette.desk.form import Form
from liulin_gazette.desk.issue_folder import is_published, issue_of
from liulin_gazette.desk.production_files import download, downloads
from liulin_gazette.desk.screen import act, missing, moved, page, view
from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.model.publication import Issue
from liulin_gazette.pipeline import output_record
from liulin_gazette.pipeline.freshness import State
from liulin_gazette.pipeline.inputs import read_inputs
from liulin_gazette.pipeline.output_record import OutputRecord
from liulin_gazette.rendering.template_errors import template_errors_named
from liulin_gazette.review.comparison import compare
from liulin_gazette.review.issue_publishing import Candidate, PublishingError, candidate, record
from liulin_gazette.review.issue_status import finding_counts, output_states
from liulin_gazette.review.paper_proof import proofed_content
from liulin_gazette.source.folder import issue_folders, read_folder
from liulin_gazette.source.publication_records import RECORD_FILE

MOST_REASON = 500
"""Characters of a reason for a change, which stands on the issue's page."""

COMPARISON = "比较"


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the steps from the checked issue to the published one."""

    name: str
    state: str
    is_done: bool


def routes(desk: Desk) -> list[Route]:
    """Return the routes of the production of an issue, which share what is being done in the background."""
    work = BackgroundWork(desk.root)
    place = "/issues/{folder}/production/"

    def start(title: str, task: Callable[[str, Form, Say], Outcome]) -> Callable[[Request, Form], Response]:
        def begin(request: Request, form: Form) -> Response:
            name = issue_of(desk, request)
            work.start(title, name, partial(task, name, form))
            return moved(request, f"/issues/{name}/production/")

        return begin

    remove = start("删去成品", lambda _name, _form, say: production_work.clear(desk.root, say))
    return [
        view(desk, place, lambda request: _production(desk, request, work)),
        view(desk, place + "progress/", lambda _request: _progress(work)),
        act(desk, place + "proof/", start("排校样", lambda name, _form, say: production_work.prove(desk.root, name, say))),
        act(desk, place + "build/", start("生成", lambda _name, _form, say: production_work.build_all(desk.root, say))),
        act(desk, place + "verify/", start("核对", lambda _name, _form, say: production_work.verify(desk.root, say))),
        view(desk, place + "clean/", lambda request: _output_removal(desk, request)),
        act(desk, place + "clean/", lambda request, form: remove(request, _confirmed(desk, form))),
        act(desk, place + "republish/", start("重新发布", lambda name, form, say: _republish(desk, name, form, say))),
        view(desk, place + "compare/", lambda request: _comparison(desk, request)),
        view(desk, place + "publish/", lambda request: _publication(desk, request)),
        act(desk, place + "publish/", lambda request, form: _publish(desk, request, form)),
        view(desk, place + "files/{path:path}", lambda request: _download(desk, request)),
    ]  # fmt: skip


def _issue(desk: Desk, name: str) -> Issue | None:
    """Return the issue ``name`` as last read whole; None if it never was, or has no documents."""
    publication = desk.content.snapshot.publication
    return next((each for each in publication.issues if each.name == name), None) if publication else None


def _production(desk: Desk, request: Request, work: BackgroundWork) -> Response:
    name = issue_of(desk, request)
    issue, last = _issue(desk, name), output_record.read_again(desk.root)
    going = work.state
    is_busy = going is not None and going.outcome is None
    state = None if is_busy else _state(desk, issue, last)  # While files come and go it is not known.
    built = "还不知道" if is_busy else state.value if state else "内容有错误"
    stages = _stages(desk, name, issue, built, state)
    return page(
        desk,
        request,
        "production",
        name=name,
        issue=issue,
        stages=stages,
        due=_due(stages),
        files=downloads(desk.root, issue, last) if issue else [],
        is_republishable=issue is not None and (issue.record is not None or _has_lost_record(desk, issue)),
        can_publish=state is State.CURRENT and issue is not None and issue.record is None,
        site=desk.root / "output" / "site",
        has_site=(desk.root / "output" / "site" / "index.html").is_file(),
        work=going,
        is_busy=is_busy,
        most_reason=MOST_REASON,
    )


def _due(stages: Sequence[Stage]) -> str:
    """Return the name of the first stage that is not done; comparing with the proof is none that has to be done."""
    return next((stage.name for stage in stages if not stage.is_done and stage.name != COMPARISON), "")


def _has_lost_record(desk: Desk, issue: Issue) -> bool:
    """Tell whether the site of the last build has ``issue`` as published, and the records have not (B072)."""
    return any(
        each.code == "B072" and each.place.path.startswith(f"{issue.folder}/")
        for each in desk.content.snapshot.diagnostics
    )


def _progress(work: BackgroundWork) -> Response:
    state = work.state
    if state is None:
        return JSONResponse({"is_busy": False})
    seconds = int(time.monotonic() - state.started)
    return JSONResponse({"is_busy": state.outcome is None, "steps": state.steps, "seconds": seconds})


def _stages(desk: Desk, name: str, issue: Issue | None, built: str, state: State | None) -> list[Stage]:
    errors = sum(each.severity is Severity.ERROR for each in desk.content.snapshot.diagnostics)
    counts = finding_counts(f"content/{name}", desk.content.snapshot.diagnostics)
    elsewhere = errors - counts[Severity.ERROR]
    checked = "、".join(f"{severity.value} {counts[severity]}" for severity in Severity)
    checked += f"；别处还有错误 {elsewhere} 处，也要改正才能生成" if elsewhere else ""
    published = "没有发布"
    if issue is not None and issue.record is not None:
        published = f"{issue.record.published} 发布" + (
            f"，以后改过 {len(issue.record.changes)} 次" if issue.record.changes else ""
        )
    before = proofed_content(desk.root, name)
    changed = len(compare(desk.root / "content" / name, before)) if before.is_dir() else -1
    return [
        Stage("校核", checked, not errors and issue is not None),
        Stage("校样", "还没有排过" if changed < 0 else "排过了", changed >= 0),
        Stage(
            COMPARISON,
            "没有校样可以比较" if changed < 0 else f"与校样不同的文件 {changed} 个" if changed else "与校样相同",
            changed == 0,
        ),
        Stage("生成", built, state is State.CURRENT),
        Stage("发布", published, issue is not None and issue.record is not None),
    ]  # fmt: skip


def _state(desk: Desk, issue: Issue | None, last: OutputRecord) -> State | None:
    """Return how the output stands to ``issue``; None while the content cannot be read whole."""
    snapshot = desk.content.snapshot
    if issue is None or snapshot.last_readable is None or not snapshot.is_current:
        return None
    with template_errors_named(desk.root):
        inputs = read_inputs(desk.root, (issue.folder,))
        if not snapshot.last_readable.folders.keys() <= set(issue_folders(desk.root)):
            return State.OUTDATED  # A folder has vanished since the content was read.
        return output_states(desk.root, inputs, snapshot.last_readable, last, (issue.folder,)).get(
            issue.folder
        )


def _comparison(desk: Desk, request: Request) -> Response:
    name = issue_of(desk, request)
    before = proofed_content(desk.root, name)
    files = compare(desk.root / "content" / name, before) if before.is_dir() else None
    return page(desk, request, "comparison", name=name, issue=_issue(desk, name), files=files)


def _publication(desk: Desk, request: Request) -> Response:
    """Return the page that says what will be recorded. Raises PublishingError, NotYetError, ClockError."""
    name, today = issue_of(desk, request), date.today()
    found = candidate(desk.root, name, today)
    files = sorted(read_folder(desk.root, found.issue.folder).digests)
    return page(
        desk,
        request,
        "publication",
        name=name,
        found=found,
        today=today,
        files=[file for file in files if file != RECORD_FILE],
        prints=sorted(found.prints.digests) if found.prints else [],
        record_file=f"{found.issue.folder}/{RECORD_FILE}",
    )


def _publish(desk: Desk, request: Request, form: Form) -> Response:
    """Record the issue as published, as the page said. Raises EditorError."""
    name, today = issue_of(desk, request), date.today()
    found = candidate(desk.root, name, today)
    _check_is_as_shown(found, form, today)
    if not found.is_complete:
        record(desk.root, found, today)
    place = f"/issues/{name}/production/"
    if found.issue.record is not None:
        return moved(request, place, "".join(found.additions) or "已经发布过了，没有要补记的。")
    return moved(request, place, f"{name} 已记为发布。再生成一次，然后把网站的文件夹上传。")


def _check_is_as_shown(found: Candidate, form: Form, today: date) -> None:
    """Raise PublishingError unless ``found`` is what the page of ``form`` showed, and its doubt is answered."""
    if form["digest"] != found.digest or form["day"] != today.isoformat():
        raise PublishingError(
            "这一页打开以后，这一期的文件改过，或者过了一天，没有记。回到这一期，看过再发布。"
        )
    if found.doubt and not form.get("sure"):
        raise PublishingError(
            f"日期可疑：{desk_words(found.doubt)}没有记。日期没有错的，勾上“日期没有错”再发布。"
        )


def _output_removal(desk: Desk, request: Request) -> Response:
    """Return the page that says what is lost with the output, and asks."""
    name = issue_of(desk, request)
    return page(
        desk,
        request,
        "output_removal",
        name=name,
        issue=_issue(desk, name),
        published=_published(desk),
        output=desk.root / "output",
    )


def _published(desk: Desk) -> list[str]:
    """Return the names of the published issues: the output may be the only place that has what they published."""
    names = (folder.rpartition("/")[2] for folder in issue_folders(desk.root))
    return [name for name in names if is_published(desk, name)]


def _confirmed(desk: Desk, form: Form) -> Form:
    """Return ``form`` if it answers for all published issues that there are. Raises PublishingError."""
    published = _published(desk)
    if published and not form.get("sure"):
        raise PublishingError(
            "没有删去：里面有已发布各期的 PDF。先把 output 文件夹复制到别处，再勾上“复制好了”。"
        )
    if form.get("published") != " ".join(published):
        raise PublishingError("这一页打开以后，发布的各期有变动，没有删去。回到“删去成品”，看过再做。")
    return form


def _republish(desk: Desk, name: str, form: Form, say: Say) -> Outcome:
    reason = form.get("reason")
    if not any(character.isalnum() for character in reason):
        return Outcome("没有写理由，没有重新发布。理由公布在网页上。", is_good=False)
    if len(reason) > MOST_REASON:
        return Outcome(f"理由超过 {MOST_REASON} 字，没有重新发布。写短一些。", is_good=False)
    return production_work.build_again(desk.root, name, reason, say)


def _download(desk: Desk, request: Request) -> Response:
    """Return a file that was made of the issue. Raises MissingScreenError for every other path."""
    issue = _issue(desk, issue_of(desk, request))
    if issue is None:
        raise missing()
    return download(desk.root, issue, output_record.read(desk.root), request.path_params["path"])
