"""What a screen shows of a person until somebody says why they need more (N-30, ux.md 9)."""

from __future__ import annotations

import re

from sisheng.ground.privacy.phones import MOBILE, spoken

COMPOUND = re.compile(
    "欧阳|太史|端木|上官|司马|东方|独孤|南宫|万俟|闻人|夏侯|诸葛|尉迟|公羊|赫连|澹台|皇甫|宗政|濮阳|公冶|太叔|申屠|公孙|"
    "慕容|仲孙|钟离|长孙|宇文|司徒|鲜于|司空|闾丘|令狐|百里|呼延|东郭|南门|微生|谷梁|拓跋|第五"
)
TITLE = re.compile(r"(女士|先生|小姐|太太|老师|师傅|阿姨|叔叔|奶奶|爷爷|同学|小朋友|医生|经理|总)$")


def mask_phone(phone: str | None) -> str:
    """154****0001; of a landline the area code, of a foreign number the country, and the last four."""
    if not phone:
        return ""
    if mobile := MOBILE.fullmatch(phone):
        return f"{mobile[1][:3]}****{mobile[1][-4:]}"
    first, *rest = spoken(phone).split()
    digits = "".join(rest)
    return f"{first}****{digits[-4:]}" if len(digits) >= 7 else "****"


def mask_name(name: str | None) -> str:
    """林*; with a title the surname and the title, because that is how the person is addressed: 林女士."""
    name = (name or "").strip()
    if not name:
        return ""
    if " " in name and (words := name.split()) and words[0].rstrip(".") in {"Mr", "Mrs", "Ms", "Miss", "Dr"}:
        return f"{words[0]} {words[-1]}"
    double = COMPOUND.match(name)
    surname = double[0] if double else name[0]
    title = TITLE.search(name[len(surname) :])
    return f"{surname}{title[1] if title else '*'}"
