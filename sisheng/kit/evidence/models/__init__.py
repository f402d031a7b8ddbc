"""The evidence of a case, and what was asked of others for it."""

from sisheng.kit.evidence.models.cctv import CctvRequest, CctvViewing
from sisheng.kit.evidence.models.evidence import Evidence
from sisheng.kit.evidence.models.statement import ShopStatement, statements

__all__ = ["CctvRequest", "CctvViewing", "Evidence", "ShopStatement", "statements"]
