"""方案码。A family without identity as one line of letters and digits that fits a square code; and back."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.domain.care import Visit
from desktop.domain.trouble import Fault, InputRefused
from desktop.exchange.family_document import parse_family, write_family
from desktop.usecases.anonymous import anonymous

if TYPE_CHECKING:
    from datetime import date

    from desktop.domain.event import Event
    from desktop.domain.family import Family
    from desktop.usecases.review import Review

LONGEST = 1853
"""What a square code of version 25 holds at its lowest level of repair."""

NAME = "二维码里的方案"
FOR_THE_COUNTERS = "只为年度累计而记，没有动用账户"
_MARK, _VERSION = "GJ", "1"
_LARGEST = 200_000
_AGAIN = "请重新扫一次，或请打印的人重新打印"

_KNOWN = "".join(
    (
        '"status":"suspended","status":"unemployed","scheme":"none","sex":"female","sex":"male","born":"19',
        '"channel":"wallet","from":"20","relation":"maternal_grandparent","relation":"maternal_grandchild',
        '"relation":"grandparent","relation":"grandchild","relation":"parent_in_law","relation":"spouse',
        '"relation":"child_in_law","relation":"sibling","relation":"other","relation":"child',
        '外祖母外祖父祖母祖父父亲母亲配偶哥哥弟弟姐姐妹妹儿子女儿岳父岳母公公婆婆孙子孙女外孙女女婿儿媳"}],',
        '"credential":"other","purpose":"public_health","purpose":"fitness","purpose":"goods","purpose":"',
        '"fund_pay_total":"0.00","use_account":true,"purpose":"wellness","prescription":false},{"id":"e',
        '"events":[{"id":"e1","type":"refund","on":"2026-1","of":"e","type":"premium","on":"2026-0',
        '","for":"p","benefit_year":2026,"amount":"400.00","paid_from":"cash"},{"id":"x","type":"premium',
        '"settings":{"credit_monthly":true},"plan":{"recurring":[{"id":"r1","expected":[],"premiums":[],',
        '"wage_growth":"0.03"},"premiums":[{"for":"p1","paid_from":"p1"},{"for":"p","paid_from":"cash"}]',
        '"prescription":true,"every":"month","from":"2026-"every":"quarter","from":"2027-"every":"year",',
        '{"format":"gongji-family/1","as_of":"2026-11-21","holder":"p1","people":[{"id":"p1","name":"本人",',
        '"sex":"male","born":"1984-07-01","coverage":[{"scheme":"employee","status":"active","area":"430100",',
        '"from":"2016-01-01"}],"account":{"opening":{"on":"2026-","balance":"0.00"},"base":[{"from":"2025-07-01",',
        '"monthly":"8000.00"}]}},{"id":"p2","name":"配偶","sex":"female","born":"1958-07-01","coverage":[{"scheme":',
        '"employee","status":"retired","status":"flexible","scheme":"resident","status":"active","area":"430',
        '"from":"2016-01-01","to":"2026-}]}],"bindings":[{"id":"b1","payer":"p1","beneficiary":"p2",',
        '"relation":"parent","channel":"in_province","from":"2024-12-20"},{"id":"b',
        '"type":"visit","on":"2026-0","patient":"p","setting":"chronic","setting":"emergency","provider":',
        '"setting":"inpatient","provider":{"kind":"hospital","level":"provincial","level":"primary',
        '"setting":"pharmacy","provider":{"kind":"pharmacy","designated":true,"area":"430',
        '"setting":"outpatient","provider":{"kind":"hospital","level":"secondary","level":"grassroots",',
        '"level":"tertiary","designated":true,"area":"430100"},"credential":"own","total_fee":"',
        '","fully_self_funded":"0.00","over_limit_self_funded":"0.00","upfront_copay":"0.00",',
        '"use_account":false,"purpose":"treatment","prescription":true},{"id":"e2","type":"visit","on":"2026-',
    )
).encode()
"""What a document of this kind says again and again. It is part of version 1 and never changes."""


def encode(seen: Review) -> str | None:
    """`GJ1` and base 32, which scanners type on every keyboard. None: too much for one square code."""
    document = json.dumps(write_family(anonymous(seen)), ensure_ascii=False, separators=(",", ":"))
    packer = zlib.compressobj(level=9, zdict=_KNOWN)
    packed = packer.compress(document.encode()) + packer.flush()
    code = _MARK + _VERSION + base64.b32encode(packed).decode().rstrip("=")
    return code if len(code) <= LONGEST else None


def decode(text: str, today: date) -> Family:
    """What was scanned or pasted, in capitals or not, broken into lines or not. Raises `InputRefused`."""
    code = "".join(text.split()).upper()
    if not code:
        raise _refused("这里还是空的", "请扫描纸上的二维码，或把里面的文字粘贴进来")
    if not code.startswith(_MARK):
        raise _refused("这不是本程序的方案码", "请扫描家庭报告或小票上的二维码")
    if not code.startswith(_MARK + _VERSION):
        raise _refused("这个方案码由更新的程序写成", "请换用新版程序打开它")
    family = parse_family(_unpacked(code.removeprefix(_MARK + _VERSION)), NAME, today)
    events = tuple(_explained(one, family.as_of) for one in family.events)
    return replace(family, name=NAME, events=events)


def _unpacked(letters: str) -> bytes:
    unpacker = zlib.decompressobj(zdict=_KNOWN)
    try:
        packed = base64.b32decode(letters + "=" * (-len(letters) % 8))
        data = unpacker.decompress(packed, _LARGEST)
    except (binascii.Error, zlib.error, ValueError):
        raise _refused("方案码不完整，或有字读错了", _AGAIN) from None
    if not unpacker.eof or unpacker.unused_data:
        raise _refused("方案码不完整，或多了字", _AGAIN)
    return data


def _refused(what: str, todo: str) -> InputRefused:
    return InputRefused("", [Fault("", what, todo)])


def _explained(event: Event, as_of: date) -> Event:
    past = isinstance(event, Visit) and event.on <= as_of
    return replace(event, note=FOR_THE_COUNTERS) if past else event
