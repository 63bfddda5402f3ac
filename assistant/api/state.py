"""The open home, as routes are given it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from assistant.assembly import Desk


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


OpenDesk = Annotated[Desk, Depends(_desk)]
