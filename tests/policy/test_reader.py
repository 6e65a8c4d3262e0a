"""读取政策包。A pack is read whole, or refused with every fault, each with its file and key."""

from datetime import date
from pathlib import Path

import pytest

from desktop.domain.clause import Confidence
from desktop.domain.trouble import FileTrouble, InputRefused
from desktop.policy.pack import SourceKind
from desktop.policy.reader import read_packs, schemas
from tests.policy.packs import head, toml, written


def faults(folder: Path) -> dict[str, str]:
    """What is wrong, by place."""
    with pytest.raises(InputRefused) as refused:
        read_packs(folder)
    return {one.place: one.what for one in refused.value.faults}


def test_that_a_pack_is_read_as_it_is_written(tmp_path: Path) -> None:
    account = toml(
        "own_rate",
        "0.02",
        to="2024-12-31",
        unit='"ratio"',
        confidence='"medium"',
        rows='["1.1"]',
        note='"注"',
        disputed='[{ value = 0.03, source = "notice", says = "百分之三" }]',
    ) + toml("own_rate", "0.025", from_="2025-01-01", **{"from": ""})
    refused = '[[rejected]]\nsays = "说"\nsource = "notice"\nreason = "不对"\nrows = ["1.2"]\n'
    beside = '[[not_modelled]]\nrows = ["1.3"]\nsays = "说"\nreason = "不算"\n'
    written(tmp_path / "one", account=account, rejected=refused, not_modelled=beside)
    [pack] = read_packs(tmp_path)
    first, second = pack.blocks["account.own_rate"]
    assert (pack.id, pack.sequence, pack.checked_on) == ("cn-9999", 1, date(2026, 3, 31))
    assert (first.until, first.unit, first.confidence, first.rows, first.note) == (
        date(2024, 12, 31),
        "ratio",
        Confidence.MEDIUM,
        ("1.1",),
        "注",
    )
    assert (first.source.kind, first.disputed[0].says) == (SourceKind.OFFICIAL, "百分之三")
    assert (second.since, second.until, second.confidence) == (date(2025, 1, 1), None, Confidence.HIGH)
    assert (pack.refused[0].reason, pack.not_modelled[0].rows) == ("不对", ("1.3",))


def test_that_one_pack_and_a_folder_of_packs_are_both_read(tmp_path: Path) -> None:
    written(tmp_path / "one")
    written(tmp_path / "two", pack=head("cn-99"))
    assert [pack.id for pack in read_packs(tmp_path / "one")] == ["cn-9999"]
    assert [pack.id for pack in read_packs(tmp_path)] == ["cn-9999", "cn-99"]


@pytest.mark.parametrize("folder", ["", "nowhere"])
def test_that_a_folder_without_a_pack_is_refused(tmp_path: Path, folder: str) -> None:
    with pytest.raises(FileTrouble, match="没有政策包"):
        read_packs(tmp_path / folder)


def test_that_one_id_for_two_packs_is_a_fault(tmp_path: Path) -> None:
    written(tmp_path / "one")
    written(tmp_path / "two")
    assert faults(tmp_path) == {"two/pack.toml id": "“cn-9999”已经有一个包了"}


def test_that_an_open_block_ends_the_day_before_the_next_of_its_channel(tmp_path: Path) -> None:
    aid = (
        toml("most_active", "5", channel='"in_province"')
        + toml("most_active", "7", channel='"wallet_quota"')
        + toml("most_active", "9", channel='"in_province"', **{"from": "2022-01-01"})
    )
    [pack] = read_packs(written(tmp_path, mutual_aid=aid))
    assert [one.until for one in pack.blocks["mutual_aid.most_active"]] == [date(2021, 12, 31), None, None]


def test_that_a_gap_and_an_overlap_are_faults(tmp_path: Path) -> None:
    gap = toml("own_rate", "0.02", to="2020-12-31") + toml("own_rate", "0.03", **{"from": "2021-01-02"})
    overlap = toml("own_rate", "0.02", to="2021-01-01") + toml("own_rate", "0.03", **{"from": "2021-01-01"})
    same_day = toml("own_rate", "0.02") + toml("own_rate", "0.03")
    backwards = toml("own_rate", "0.02") + toml("own_rate", "0.03", **{"from": "2019-01-01"})
    assert "没有值" in faults(written(tmp_path / "gap", account=gap))["gap/account.toml own_rate"]
    for name, text in {"overlap": overlap, "same": same_day, "back": backwards}.items():
        assert "重叠" in faults(written(tmp_path / name, account=text))[f"{name}/account.toml own_rate"]


def test_that_every_fault_of_all_packs_is_told_at_once(tmp_path: Path) -> None:
    written(
        tmp_path / "one",
        account=toml("own_rate", "1.5")
        + toml("credit_day", "15", source='"nobody"')
        + toml("base_floor", "1.00", to="2019-12-31")
        + toml("base_ceiling", "2.00", unpublished="true")
        + toml("retiree_monthly", ""),
        mutual_aid=toml("most_active", "5", disputed='[{ value = "x", source = "nobody", says = "说" }]'),
        rejected='[[rejected]]\nsays = "说"\nsource = "nobody"\nreason = "不对"\n',
    )
    written(tmp_path / "two", pack=head("cn-99", until="2019-12-31"))
    assert faults(tmp_path) == {
        "one/account.toml own_rate[0].value": "应是0 到 1 的比例（待遇可按级别、身份列表）",
        "one/account.toml credit_day[0].source": "没有声明来源“nobody”",
        "one/account.toml base_floor[0]": "to 早于 from",
        "one/account.toml base_ceiling[0]": "value 与 unpublished 只能有一个",
        "one/account.toml retiree_monthly[0]": "value 与 unpublished 只能有一个",
        "one/mutual_aid.toml most_active[0].disputed[0].value": "应是不小于 1 的整数",
        "one/mutual_aid.toml most_active[0].disputed[0].source": "没有声明来源“nobody”",
        "one/rejected.toml rejected[0].source": "没有声明来源“nobody”",
        "two/pack.toml covers": "until 早于 from",
    }


def test_that_a_field_that_is_missing_stray_or_wrong_is_named(tmp_path: Path) -> None:
    text = (
        toml("own_rate", "0.02", says="")
        + toml("base_floor", "1.00", colour='"red"')
        + toml("base_ceiling", "1.00", confidence='"sure"')
        + toml("credit_day", "1", channel='"post"')
        + toml("retiree_monthly", "1.00", says=f'"{"长" * 81}"')
        + toml("flexible_has_account", "true", rows='"1.1"')
    )
    found = faults(written(tmp_path / "one", account=text))
    assert found.pop("one/account.toml flexible_has_account[0].rows")
    assert found == {
        "one/account.toml own_rate[0].says": "缺这一项",
        "one/account.toml base_floor[0].colour": "没有这一项，可能写错了名字",
        "one/account.toml base_ceiling[0].confidence": "不在可用的词里",
        "one/account.toml credit_day[0].channel": "不在可用的词里",
        "one/account.toml retiree_monthly[0].says": "句子太长",
    }


def test_that_a_broken_head_gives_no_faults_that_follow_from_it(tmp_path: Path) -> None:
    written(tmp_path / "one", pack=head().replace("sequence   = 1", ""), account=toml("own_rate", "0.02"))
    assert faults(tmp_path) == {"one/pack.toml sequence": "缺这一项"}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param(b"\xff = 1", "不是 UTF-8", id="not UTF-8"),
        pytest.param(b"[[own_rate]\n", "不是合格的 TOML", id="broken TOML"),
        pytest.param(b"a = " + b"[" * 100_000, "不是合格的 TOML", id="nesting without end"),
        pytest.param(b"a = " + b"1" * 5000, "不是合格的 TOML", id="a number of 5000 digits"),
    ],
)
def test_that_a_file_that_is_no_toml_is_refused_and_named(tmp_path: Path, text: bytes, what: str) -> None:
    written(tmp_path / "one")
    (tmp_path / "one" / "account.toml").write_bytes(text)
    assert what in faults(tmp_path)["one/account.toml"]


def test_that_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    written(tmp_path / "one")
    (tmp_path / "one" / "account.toml").mkdir()
    assert "读不了" in faults(tmp_path)["one/account.toml"]


@pytest.mark.parametrize("value", ["nan", "inf", "1e400", "100000000000000.00"])
def test_that_a_sum_that_no_account_can_hold_is_a_fault(tmp_path: Path, value: str) -> None:
    written(tmp_path / "one", account=toml("base_floor", value))
    assert list(faults(tmp_path)) == ["one/account.toml base_floor[0].value"]


def test_that_an_unpublished_value_is_read_as_no_value(tmp_path: Path) -> None:
    [pack] = read_packs(written(tmp_path, chronic=toml("monthly_quota", "", unpublished="true")))
    assert [one.value for one in pack.blocks["chronic.monthly_quota"]] == [None]


def test_that_every_kind_of_file_has_a_schema_for_editors() -> None:
    assert set(schemas()) == {"head", "topic", "rejected", "not_modelled"}
    assert {"id", "title", "covers", "checked_on"} <= set(schemas()["head"]["properties"])
