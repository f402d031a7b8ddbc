"""What people do with evidence."""

from sisheng.kit.evidence.actions.asking import ask_statement, excuse, lapse_statements, nudge, receive_statement
from sisheng.kit.evidence.actions.cctv import ask_cctv, cctv_handed_over, cctv_preserved, cctv_unavailable, cctv_viewed
from sisheng.kit.evidence.actions.custody import forget, hand_over, look, take_original, withdraw
from sisheng.kit.evidence.actions.keeping import keep

__all__ = [
    "ask_cctv", "ask_statement", "cctv_handed_over", "cctv_preserved", "cctv_unavailable", "cctv_viewed", "excuse",
    "forget", "hand_over", "keep", "lapse_statements", "look", "nudge", "receive_statement", "take_original",
    "withdraw",
]  # fmt: skip
