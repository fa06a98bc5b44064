"""A letter's life from the command line: numbered, issued, replaced, and what ``status`` says of it."""

import json


def test_a_letter_is_issued_replaced_and_counted(congvan, tmp_path):
    congvan("init", "dien-luc")
    campaign = "dien-luc/campaign.yaml"
    path = tmp_path / campaign
    path.write_text(path.read_text(encoding="utf-8").replace("2026-", "2025-"), encoding="utf-8")
    made = congvan("render", campaign, "--only", "tinh", "--formats", "docx")
    assert made.status == 0, made.err
    number = "01/ĐLTH-KD"

    assert congvan("replace", campaign, number).err.count("[follow-not-issued]") == 1
    issued = congvan("issue", campaign, "--only", "tinh")
    assert (issued.status, issued.out) == (0, "Đã ban hành 1 văn bản.\n")
    assert congvan("issue", campaign, number).err.count("[issue-already]") == 1
    replaced = congvan("replace", campaign, number, "--ly-do", "sai một câu", "--formats", "docx")
    assert replaced.status == 0, replaced.err
    assert congvan("register", "delivered", "dot-dau-tien/tinh/tinh", "--register", "dien-luc/so.sqlite3").status == 0
    status = json.loads(congvan("status", campaign, "--json").out)

    (tier,) = [tier for tier in status["dot"][0]["cap"] if tier["cap"] == "tinh"]
    assert tier["van_ban"] == {"da-thay-the": 1, "da-cap-so": 1}
    assert tier["da_gui"] == 1
    assert "1 đã thay thế, 1 đã gửi" in congvan("status", campaign).out
