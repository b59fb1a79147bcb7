"""How a command of the control room is reached by JSON over HTTP.

This machine only. Bodies are JSON objects with ``content-type:
application/json``, which no foreign web page can send here unasked. Errors:
``{"error": {"code", "message"}}`` with 400, 404 or 409; 503 while somebody
else keeps the database busy.
"""

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from alipay_simulator.rules import acts
from alipay_simulator.rules.refusals import CannotPay

from .access import loopback_only
from .asked import BadRequest, Conflict, NotFound, Words

logger = logging.getLogger(__name__)

Fields = dict[str, Any]
Command = Callable[..., Fields]


def door(get: Command | None = None, post: Command | None = None) -> Any:
    """Make a view of commands that take fields and tell fields.

    A GET's fields are the words of its query string, a POST's its JSON body.
    """
    commands = {"GET": get, "POST": post}
    allowed = ", ".join(name for name, command in commands.items() if command)

    @csrf_exempt
    @loopback_only
    @never_cache
    @wraps(get or post)  # type: ignore[arg-type]
    def view(request: HttpRequest, **place: Any) -> HttpResponse:
        command = commands.get(request.method or "")
        if command is None:
            answer = _error(405, "METHOD_NOT_ALLOWED", f"use {allowed}")
            answer["Allow"] = allowed
            return answer
        try:
            return JsonResponse(command(_fields(request), **place))
        except Exception as problem:  # noqa: BLE001 - told, or logged and told
            return _told(problem)

    return view


def _told(problem: Exception) -> JsonResponse:
    """Answer a problem in the shape that callers know."""
    match problem:
        case BadRequest():
            return _error(400, "BAD_REQUEST", str(problem))
        case NotFound() | acts.Unknown():
            return _error(404, "NOT_FOUND", str(problem))
        case CannotPay():
            return _error(409, problem.reason.value, "the payment was refused")
        case Conflict():
            return _error(409, problem.code, str(problem))
        case OperationalError():
            logger.warning("the control API met a busy database: %s", problem)
            return _error(503, "BUSY", "the database is busy; ask again")
    logger.error("the control API failed inside", exc_info=problem)
    return _error(500, "FAILED", "the simulator failed inside; its log says why")


def _error(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message}}, status=status)


def _fields(request: HttpRequest) -> Fields:
    if request.method == "GET":
        return Words(request.GET.dict())
    if request.content_type != "application/json":
        raise BadRequest("send content-type: application/json")
    try:
        body = json.loads(request.body or b"{}")
    except RequestDataTooBig:
        raise BadRequest("the body is too big") from None
    except (ValueError, RecursionError):
        raise BadRequest("the body is not JSON") from None
    if not isinstance(body, dict):
        raise BadRequest("the body must be a JSON object")
    return body
