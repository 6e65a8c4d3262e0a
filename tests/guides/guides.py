"""指南。A guide written by hand, and the folder it stands in."""

from pathlib import Path

from desktop.guides.guide import Guide
from desktop.guides.reader import read_guides
from tests.families import shipped

SOURCES = """
[source.law]
title  = "办法"
number = "医保办发〔2021〕43号"
issued = 2021-11-01
kind   = "official"

[source.program]
title = "本程序约定"
kind  = "program"
"""
HEAD = """
group  = "转移"
order  = 1
title  = "跨省转移接续"
says   = "把在{origin}的年限转到{destination}。"
source = "law"
"""
MOVE = (
    HEAD
    + """
asks     = ["origin", "destination"]
for_whom = "employee"
records  = "transfer"
words    = ["换城市"]

[[step]]
id     = "check"
title  = "确认{destination}已参保"
says   = "先参保。"
source = "law"
who    = "本人"
ticked = "已核对"

[[step]]
id      = "apply"
title   = "提交申请"
says    = "地方专区。"
source  = "law"
who     = "本人"
submits = true

[[step]]
id     = "out"
title  = "等待转出"
says   = "{transfer.out_days} 个工作日内办结。"
source = "law"
who    = "经办机构"
wait   = { key = "transfer.out_days", unit = "workday", label = "转出地", place = "origin" }

[[step]]
id     = "in"
title  = "等待转入"
says   = "{transfer.in_days}个工作日内办结。"
source = "law"
who    = "经办机构"
wait   = { key = "transfer.in_days", unit = "workday", label = "转入地", place = "destination" }

[[paper]]
id     = "id-card"
title  = "身份证"
need   = "必需"
says   = "原件。"
source = "law"

[[place]]
way    = "窗口"
says   = "任意窗口"
source = "program"

[[place]]
way    = "窗口"
area   = "4301"
says   = "长沙的窗口"
source = "program"
verify = true

[[place]]
way    = "窗口"
area   = "4302"
says   = "株洲的窗口"
source = "program"

[overdue]
says   = "到{last}还没办结，可拨 12393。"
source = "program"
"""
)
STEP = '\n[[step]]\nid = "one"\ntitle = "办"\nsays = "办。"\nsource = "law"\nwho = "本人"\n'


def folder(at: Path, **files: str) -> Path:
    """A folder of guides, each by its name."""
    at.mkdir(exist_ok=True)
    (at / "sources.toml").write_text(SOURCES, "utf-8")
    for name, text in files.items():
        (at / f"{name}.toml").write_text(text, "utf-8")
    return at


def read(at: Path, text: str, name: str = "move") -> Guide:
    [guide] = read_guides(folder(at, **{name: text}), shipped().packs.values())
    return guide
