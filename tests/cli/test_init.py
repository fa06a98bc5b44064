import pytest

from congvan.campaign.starter import write_starter
from congvan.errors import CampaignError


def test_a_new_campaign_is_sound_and_renders_as_it_stands(congvan, tmp_path):
    told = congvan("init", "dot moi")
    assert told.status == 0, told.err
    assert "dot moi/campaign.yaml" in told.out

    checked = congvan("check", "dot moi/campaign.yaml")
    assert (checked.status, checked.out.strip()) == (0, "Không có lỗi.")
    book = (tmp_path / "dot moi" / "so.sqlite3").as_posix()
    said = f"tin  Sổ đăng ký: {book} (cơ quan Công ty Điện lực Thanh Hóa). [office-book]\n"
    assert checked.err.startswith(f"{said}Đã xem danh sách, thứ tự, ngày, số, mẫu và dựng thử 9 văn bản")
    assert len(checked.err.splitlines()) == 2

    made = congvan("render", "dot moi/campaign.yaml")
    assert (made.status, made.err) == (0, said)
    out = tmp_path / "dot moi" / "out" / "dot-dau-tien"
    letters = sorted(path.relative_to(out).parts[0] for path in tmp_path.rglob("*.docx"))
    assert letters == ["1-tinh", *["2-xa"] * 3, *["3-thon"] * 5]


def test_a_second_office_beside_another_is_made_only_on_request(congvan, tmp_path):
    assert congvan("init", "dot-1").err == ""
    second = congvan("init", "dot-2")

    assert second.status == 1
    assert "[starter-office-beside]" in second.err
    assert "congvan init dot-1/dot/…" in second.err
    assert not (tmp_path / "dot-2").exists()
    assert congvan("init", "dot-2", "--new-office").status == 0
    assert congvan("init", "dot-1/dot/thu-hai").status == 0


def test_what_is_there_is_never_overwritten(congvan, tmp_path):
    (tmp_path / "dot" / "noi-dung").mkdir(parents=True)
    precious = tmp_path / "dot" / "noi-dung" / "xa.md"
    precious.write_text("của tôi", encoding="utf-8")
    done = congvan("init", "dot")

    assert done.status == 1
    assert "xa.md" in done.err
    assert precious.read_text(encoding="utf-8") == "của tôi"
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["xa.md"]


def test_a_folder_that_cannot_be_made_is_a_finding(tmp_path):
    (tmp_path / "tep").write_text("x", encoding="utf-8")

    with pytest.raises(CampaignError) as error:
        write_starter(tmp_path / "tep" / "dot")

    assert [found.code for found in error.value.report] == ["starter-file-unwritable"]


def test_lists_open_in_excel_with_their_letters(tmp_path):
    lists = [path for path in write_starter(tmp_path / "co-quan") if path.suffix == ".csv"]

    assert len(lists) == 4
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in lists)
