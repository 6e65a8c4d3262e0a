"""命令行测试。Every command as another program sees it: exit codes, both outputs, whole refusals."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop.__main__ import main
from desktop.exchange.results import AssignmentResult, ChangesResult, ComparisonResult, PlanResult

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "resources" / "samples").glob("*.json"))
SANDWICH = str(ROOT / "resources" / "samples" / "sandwich-family.json")
W1 = ROOT / "tests" / "cases" / "w1-own-then-payer.json"
TWO_PAYERS = ROOT / "tests" / "cases" / "two-payers.json"
MESSAGES = sorted((ROOT / "tests" / "exchange" / "setlinfo").glob("*.json"))

Output = pytest.CaptureFixture[str]


def run(output: Output, *arguments: str | Path) -> tuple[int, str, str]:
    code = main([str(one) for one in arguments])
    said = output.readouterr()
    return code, said.out, said.err


def answer(output: Output, *arguments: str | Path) -> tuple[int, Any]:
    code, said, _ = run(output, *arguments, "--json")
    return code, json.loads(said)


def test_that_settle_gives_settlements_balances_and_findings(capsys: Output) -> None:
    code, said = answer(capsys, "settle", W1)
    assert (code, said["format"], said["findings"]) == (0, "gongji-settlements/1", [])
    assert said["balances"] == {"me": "1500.00", "dad": "0.00"}
    assert said["settlements"][0]["mutual_aid"] == [{"payer": "me", "amount": "500.00"}]


def test_that_an_error_finding_exits_with_1(capsys: Output) -> None:
    code, said = answer(capsys, "check", TWO_PAYERS)
    assert (code, said["format"]) == (1, "gongji-findings/1")
    assert [one["rule"] for one in said["findings"]] == ["binding.two_payers"]
    assert said["findings"][0]["clause"]["confidence"] == "medium"


def test_that_the_tables_are_for_people(capsys: Output) -> None:
    code, said, _ = run(capsys, "settle", TWO_PAYERS)
    assert code == 1
    assert "账户余额（2025-03-01 之后）" in said
    assert "[不可以] 2025-02-01 母亲已有共济人" in said
    assert run(capsys, "check", W1)[1].strip() == "没有要处理的提示"


def test_that_a_plan_is_told_month_by_month(capsys: Output) -> None:
    sample = ROOT / "resources" / "samples" / "sandwich-family.json"
    _, said = answer(capsys, "plan", sample, "--until", "2028-12")
    assert (said["account"], said["runs_out"]) == ("me", "2028-05")
    assert said["months"][0]["month"] == "2026-12"
    assert said["months"][-1]["month"] == "2028-12"
    assert (said["assumed_from"], said["seed"]) == ("2027-01-01", None)
    assert {one["id"] for one in said["packs"]} == {"cn", "cn-43", "cn-4301"}
    _, other = answer(capsys, "plan", sample, "--until", "2028-12", "--scenario", "母亲改由哥哥支付")
    assert other["runs_out"] is None
    assert "2028-05 用完" in run(capsys, "plan", sample, "--until", "2028-12")[1]


def test_that_many_futures_are_told_with_their_seed(capsys: Output) -> None:
    sample = ROOT / "resources" / "samples" / "sandwich-family.json"
    asked = ("plan", sample, "--until", "2028-12", "--paths", "2048", "--seed", "20261121")
    _, said = answer(capsys, *asked)
    assert PlanResult.model_validate(said)
    assert (said["seed"], said["paths"], said["runs_out"]) == (20261121, 2048, "2028-05")
    for month in said["months"]:
        bands = [float(month[f"p{one}"]) for one in (10, 25, 50, 75, 90)]
        assert bands == sorted(bands)
        assert 0 <= month["lasting"] <= 2048
    assert sum(one["futures"] for one in said["causes"]) == 2048 - said["months"][-1]["lasting"]
    assert said["driver"]["person"] == "mother"
    assert answer(capsys, *asked) == (_, said)
    told = run(capsys, *asked)[1]
    assert "推演 2,048 次，种子 20261121" in told
    assert "的推演里，最先不够的是刘蕙的住院" in told


def test_that_a_premium_may_be_what_is_lacking_first_and_a_plan_of_no_month_is_refused(
    tmp_path: Path, capsys: Output
) -> None:
    document = json.loads(W1.read_text("utf-8"))
    document["as_of"] = "2026-06-30"
    document["people"][0]["account"]["opening"]["balance"] = "0.00"
    document["people"].append(
        {
            "id": "kid",
            "name": "孩子",
            "coverage": [{"scheme": "resident", "status": "active", "area": "430100", "from": "2020-01-01"}],
        }
    )
    kid = {"id": "b9", "payer": "me", "beneficiary": "kid", "relation": "child", "channel": "in_province"}
    document["bindings"].append(kid | {"from": "2026-01-01"})
    document["plan"] = {"premiums": [{"for": "kid", "paid_from": "me"}], "illness": "0"}
    del document["expect"]
    file = tmp_path / "family.json"
    file.write_text(json.dumps(document), "utf-8")
    told = run(capsys, "plan", file, "--until", "2027-02", "--paths", "10")[1]
    assert "100.0% 的推演里，最先不够的是孩子的居民医保费" in told
    for further in ([], ["--paths", "10"], ["--compare"]):
        code, said, why = run(capsys, "plan", file, "--until", "2026-05", *further)
        assert (code, said) == (2, "")
        assert "--until：到 2026-05 为止没有可以规划的月份" in why


def test_that_scenarios_stand_side_by_side(capsys: Output) -> None:
    sample = ROOT / "resources" / "samples" / "sandwich-family.json"
    _, said = answer(capsys, "plan", sample, "--until", "2031-11", "--compare")
    assert ComparisonResult.model_validate(said)
    assert said["runs"][0]["runs_out"] == "2028-05"
    assert len(said["runs"]) >= 3
    one = said["runs"][1]["scenario"]
    told = run(capsys, "plan", sample, "--until", "2031-11", "--compare", one)[1]
    assert told.splitlines()[0].split() == ["基准", one]
    assert "首次不足" in told
    assert "2028-05" in told


def test_that_what_changes_on_a_day_is_told(capsys: Output) -> None:
    sample = ROOT / "resources" / "samples" / "sandwich-family.json"
    _, said = answer(capsys, "plan", sample, "--changes-on", "2027-01-01")
    assert ChangesResult.model_validate(said)
    assert "2027-01-01 起的变化" in run(capsys, "plan", sample, "--changes-on", "2027-01-01")[1]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--paths", "10"], "--until：没有写推演到哪个月"),
        (["--until", "2027-01", "--workers", "2"], "--workers：这个参数只和 --batch 一起用"),
        (["--until", "2027-01", "--seed", "2"], "--seed：这个参数只和 --paths 一起用"),
        (["--until", "2027-01", "--paths", "0"], "--paths：“0”不是 1 到"),
        (["--until", "2027-01", "--compare", "--paths", "5"], "--paths：这个参数不和 --compare 一起用"),
        (["--until", "2027-01", "--compare", "没有的"], "没有的"),
        (["--changes-on", "2027-01-01", "--until", "2027-01"], "--until：这个参数不和 --changes-on 一起用"),
        (["--changes-on", "2027-01-01", "--compare"], "--compare：这个参数不和 --changes-on 一起用"),
        (["--changes-on", "2027-01-01", "--fresh"], "--fresh：这个参数只和 --batch 一起用"),
        (["--batch", "x", "--changes-on", "2027-01-01"], "--changes-on：这个参数不和 --batch 一起用"),
        (["--batch", "x", "--compare"], "--compare：这个参数不和 --batch 一起用"),
        (["--changes-on", "明年"], "--changes-on：没有“明年”这一天"),
        (["--changes-on", "0001-01-01"], "--changes-on：“0001-01-01”不在 2000 到 2099 年之间"),
        (["--changes-on", "9999-12-31"], "--changes-on：“9999-12-31”不在 2000 到 2099 年之间"),
    ],
)
def test_that_questions_that_do_not_go_together_are_refused(
    arguments: list[str], says: str, capsys: Output
) -> None:
    code, said, why = run(capsys, "plan", W1, *arguments)
    assert (code, said) == (2, "")
    assert says in why


def test_that_who_should_bind_whom_is_told_with_its_reasons(capsys: Output) -> None:
    sample = ROOT / "resources" / "samples" / "sandwich-family.json"
    code, said = answer(capsys, "assign", sample, "--until", "2028-12")
    assert (code, said["format"], said["from"]) == (0, "gongji-assignment/1", "2026-11-22")
    assert {one["payer"] for one in said["bindings"] if one["beneficiary"] == "mother"} == {"elder_brother"}
    assert AssignmentResult.model_validate(said).proven
    told = run(capsys, "assign", sample, "--until", "2028-12")[1]
    assert "周岩    刘蕙    父母      新绑定" in told
    assert "从 2026-11-22 起这样绑定" in told
    code, same = answer(capsys, "assign", ROOT / "resources" / "samples" / "young-couple.json")
    assert (code, same["from"], same["saving"], same["ended"]) == (0, None, "0.00", [])


def test_that_a_month_to_assign_until_is_a_month(capsys: Output) -> None:
    code, out, told = run(capsys, "assign", SAMPLES[0], "--until", "soon")
    assert (code, out) == (2, "")
    assert "“soon”不是一个月份" in told


def test_that_a_value_of_the_law_is_shown_with_its_source(capsys: Output) -> None:
    asked = ("policy", "show", "mutual_aid.relations", "--area", "430100", "--on")
    _, before = answer(capsys, *asked, "2024-03-01")
    _, after = answer(capsys, *asked, "2025-03-01")
    assert (len(before["value"]), len(after["value"])) == (3, 8)
    assert after["since"] == "2024-12-09"
    assert "有争议" in run(capsys, *asked, "2024-10-01")[1]
    keys = run(capsys, "policy", "list")[1].split()
    assert {"account.own_rate", "premium.personal", "resident_critical.segments"} <= set(keys)
    assert answer(capsys, "policy", "list")[1]["keys"] == keys


@pytest.mark.parametrize("file", MESSAGES, ids=lambda file: file.stem)
def test_that_the_sample_messages_are_read_without_a_mismatch(file: Path, capsys: Output) -> None:
    code, said = answer(capsys, "import", "messages", file)
    assert code == 0
    assert set(said["messages"][0]["identities"].values()) <= {"ok", "n/a"}
    assert "I1 相符" in run(capsys, "import", "messages", file)[1]


def test_that_a_mismatch_is_reported_and_exits_with_1(tmp_path: Path, capsys: Output) -> None:
    message = json.loads((MESSAGES[0]).read_text("utf-8"))
    message["output"]["setlinfo"]["psn_cash_pay"] = 7
    (tmp_path / "off.json").write_text(json.dumps(message))
    code, said, _ = run(capsys, "import", "messages", tmp_path / "off.json")
    assert code == 1
    assert "I3 不符，相差" in said


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_that_what_is_exported_is_accepted(sample: Path, tmp_path: Path, capsys: Output) -> None:
    ledger, messages = tmp_path / "family.beancount", tmp_path / "messages.json"
    assert run(capsys, "export", sample, "--to", "beancount", "-o", ledger)[0] in {0, 1}
    checked = subprocess.run(
        [Path(sys.executable).with_name("bean-check"), ledger], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")
    run(capsys, "export", sample, "--to", "messages", "-o", messages)
    code, said = answer(capsys, "import", "messages", messages)
    verdicts = {name: value for one in said["messages"] for name, value in one["identities"].items()}
    assert (code, verdicts["I1"], verdicts["I6"]) == (0, "ok", "ok")


def test_that_a_message_is_booked_into_a_family_or_nothing_is(tmp_path: Path, capsys: Output) -> None:
    family = tmp_path / "family.json"
    family.write_bytes(W1.read_bytes())
    book = ("import", "messages", MESSAGES[0], "--into", family)
    assert run(capsys, *book)[0] == 2  # the message names nobody
    assert family.read_bytes() == W1.read_bytes()
    assert list(tmp_path.iterdir()) == [family]


def test_that_a_spreadsheet_is_booked_into_a_family_or_nothing_is(tmp_path: Path, capsys: Output) -> None:
    family, sheet = tmp_path / "family.json", tmp_path / "a.csv"
    family.write_bytes(W1.read_bytes())
    sheet.write_text("日期,就诊人,类别,金额\n2025-04-01,父母,药店,88.50\n", "gb18030")
    code, said = answer(capsys, "import", "sheet", sheet, "--into", family)
    assert (code, said["step"]) == (0, "导入 1 笔")
    assert "重复 1 笔" in run(capsys, "import", "sheet", sheet, "--into", family)[1]
    before = family.read_bytes()
    sheet.write_text("日期,就诊人,金额\n2025-02-30,父亲,1\n", "utf-8")
    given = ("--patient", "dad", "--setting", "outpatient", "--level", "tertiary")
    code, _, refused = run(capsys, "import", "sheet", sheet, "--into", family, *given)
    assert (code, family.read_bytes()) == (2, before)
    assert "第 2 行 日期：没有这一天" in refused


@pytest.mark.parametrize("form", ["xlsx", "csv", "family"])
def test_that_spreadsheets_and_the_document_are_exported(form: str, tmp_path: Path, capsys: Output) -> None:
    code, said = answer(capsys, "export", W1, "--to", form, "--masked", "-o", tmp_path / "out")
    assert (code, said["written"]) == (0, str(tmp_path / "out"))
    assert (tmp_path / "out").stat().st_size > 200


@pytest.mark.parametrize(("masked", "shown"), [((), True), (("--masked",), False)])
def test_that_the_report_is_a_pdf_that_can_be_searched(
    masked: tuple[str, ...], shown: bool, tmp_path: Path
) -> None:
    sample, paper = ROOT / "resources" / "samples" / "sandwich-family.json", tmp_path / "report.pdf"
    asked = [sys.executable, "-m", "desktop", "export", str(sample), "--to", "pdf", *masked, "-o", str(paper)]
    made = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (made.returncode, made.stderr) == (1, "")
    words = subprocess.run(["pdftotext", paper, "-"], capture_output=True, text=True, check=True).stdout
    assert "家庭医保个人账户报告" in words
    assert ("8,426.35" in words) is shown


def test_that_a_pack_laid_over_another_is_said_and_used(tmp_path: Path, capsys: Output) -> None:
    pack = tmp_path / "cn-4301"
    pack.mkdir()
    (pack / "pack.toml").write_text(
        'id = "cn-4301"\ntitle = "长沙"\nversion = "test"\nsequence = 9\n'
        "covers = { from = 2022-01-01, until = 2026-12-31 }\nchecked_on = 2026-03-31\n"
        '[source.a]\ntitle = "试"\nkind = "program"\n'
    )
    (pack / "employee_outpatient.toml").write_text(
        '[[deductible]]\nfrom = 2022-10-01\nvalue = 0.00\nsource = "a"\nsays = "不设起付线"\n'
    )
    show = ("policy", "show", "employee_outpatient.deductible", "--area", "430100", "--on", "2025-03-01")
    code, said, warned = run(capsys, *show, "--packs", tmp_path)
    assert (code, "代替了原有的" in warned, "不设起付线" in said) == (0, True, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["settle", "nowhere.json"],
        ["settle", "."],
        ["plan", str(W1), "--until", "2099-13"],
        ["plan", str(W1), "--until", "9999-12"],
        ["plan", str(W1), "--until", "0000-12"],
        ["plan", str(W1), "--until", "2027-01", "--account", "nobody"],
        ["plan", str(W1), "--until", "2027-01", "--scenario", "没有"],
        ["policy", "show", "no.key", "--area", "430100", "--on", "2025-01-01"],
        ["policy", "show", "premium.personal", "--area", "430100", "--on", "2027-01-01"],
        ["policy", "show", "account.own_rate", "--area", "43", "--on", "2025-01-01"],
        ["policy", "show", "account.own_rate", "--area", "430100", "--on", "2025-02-30"],
        ["policy", "show", "account.own_rate", "--area", "430100", "--on", "2025-W09-6"],
        ["settle", str(W1), "--packs", "."],
        ["export", str(W1), "--to", "beancount", "-o", "nowhere/at/all"],
    ],
    ids=" ".join,
)
def test_that_a_refusal_says_why_and_prints_nothing_else(arguments: list[str], capsys: Output) -> None:
    code, said, why = run(capsys, *arguments)
    assert (code, said) == (2, "")
    assert why.endswith("。\n") or why.endswith("\n")
    assert "Traceback" not in why


@pytest.mark.parametrize(
    "arguments", [["settle"], ["plan", "x", "--paths"], ["--nonsense"], ["export", "x", "--to", "docx"]]
)
def test_that_wrong_arguments_exit_with_2(arguments: list[str], capsys: Output) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "参数不对" in capsys.readouterr().err


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b'{"format":', b"[" * 100_000, b'{"format": "gongji-family/9"}', b'{"a": NaN}', b"[]"],
)
def test_that_a_bad_document_is_refused_by_every_command(data: bytes, tmp_path: Path, capsys: Output) -> None:
    file = tmp_path / "bad.json"
    file.write_bytes(data)
    for command in (["settle"], ["check"], ["plan", "--until", "2027-01"], ["import", "messages"]):
        code, said, why = run(capsys, *command, file)
        assert (code, said) == (2, "")
        assert why.startswith(str(file))


def test_that_every_file_that_cant_be_read_is_named(tmp_path: Path, capsys: Output) -> None:
    code, said, why = run(capsys, "import", "messages", tmp_path / "gone", tmp_path)
    assert (code, said) == (2, "")
    assert [line.partition("：")[0] for line in why.splitlines()] == [str(tmp_path / "gone"), str(tmp_path)]


def test_that_output_that_cant_be_written_is_said() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "desktop", "settle", W1],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_that_the_guides_are_listed_by_their_groups(capsys: Output) -> None:
    assert main(["guide"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "绑定"
    assert any(line.startswith("  transfer-cross-province  ") for line in lines)
    assert main(["guide", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["guides"]
    assert {"id", "group", "title"} == set(listed[0])


def test_that_a_guide_leads_a_person_of_the_family_through(tmp_path: Path, capsys: Output) -> None:
    days = tmp_path / "days.ics"
    asked = ["guide", "transfer-cross-province", SANDWICH, "--person", "brother"]
    assert main([*asked, "--ics", str(days)]) == 0
    said = capsys.readouterr().out
    assert "10 个工作日内，最迟 " in said
    assert "请先拨打 12393 核实" in said
    assert days.read_text("utf-8").startswith("BEGIN:VCALENDAR")
    assert main([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["person"], told["format"]) == ("brother", "gongji-guide/1")
    assert [one["due"] is not None for one in told["steps"]][-2:] == [True, True]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["nothing", SANDWICH], "没有叫 nothing 的指南"),
        (["transfer-cross-province"], "没有写家庭文件"),
        (["transfer-cross-province", SANDWICH, "--person", "nobody"], "家里没有 nobody"),
        (["transfer-cross-province", SANDWICH, "--case", "never"], "没有 never 这种情形"),
    ],
)
def test_that_a_guide_that_cant_be_read_says_why(arguments: list[str], why: str, capsys: Output) -> None:
    assert main(["guide", *arguments]) == 2
    said = capsys.readouterr()
    assert why in said.err
    assert not said.out
