"""What an address names, for somebody who may see it."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from sisheng.cases.models import Case
from sisheng.kit.evidence.models import CctvRequest, Evidence, ShopStatement
from sisheng.mall.staff.request import DeskRequest


def case_of(request: DeskRequest, number: str) -> Case:
    seen = Case.objects.visible_to(request.user).select_related("mall", "desk", "shop")
    return get_object_or_404(seen, mall=request.mall, number=number)


def evidence_of(request: DeskRequest, number: str, which: int) -> Evidence:
    return _one(request, Evidence, number, ("file",), number=which)


def statement_of(request: DeskRequest, number: str, pk: int) -> ShopStatement:
    return _one(request, ShopStatement, number, ("shop",), pk=pk)


def cctv_of(request: DeskRequest, number: str, pk: int) -> CctvRequest:
    return _one(request, CctvRequest, number, (), pk=pk)


def _one(request: DeskRequest, model: Any, of: str, more: tuple[str, ...], **which: Any) -> Any:
    seen = model.objects.visible_to(request.user).select_related("case__mall", "mall", "case__desk", *more)
    return get_object_or_404(seen, mall=request.mall, case__number=of, **which)
