"""Relatives of the ways letters were lost: whatever comes, nothing issued is lost or changed, and it is said by name."""

import json
import shutil
from contextlib import suppress
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from tests.run.life.test_issuing import codes, letters_of, refused, states
from tests.run.life.test_issuing import issued as issued  # noqa: PLC0414

import congvan
from congvan.errors import CampaignError
from congvan.inspect import facts
from congvan.letter import Letter
from congvan.pdf import to_pdf
from congvan.register import Register, State
from congvan.run.life.earlier_letters import docx_words
from congvan.run.life.sealed_files import files_of_book
from congvan.run.rendering import metadata

AFTER = datetime(2021, 7, 1, 9, tzinfo=UTC)
DAY = date(2021, 7, 5)
LATER = datetime(2021, 7, 6, 9, tzinfo=UTC)
PLACE = "3-thon/400-huyen-hau-loc/16015-xa-dai-loc/003_15-DLHL"


def clock():
    return AFTER


def later():
    return LATER


class Killed(BaseException):
    """Stands for the end of the process."""


def killed(*_, **__):
    raise Killed


def plan_of(project):
    return congvan.plan(congvan.load_campaign(project.campaign))


def follow(act, project, *names, out="out", **options):
    given = {"day": DAY, "formats": ("docx",), "executor": project.executor, **options}
    return act(plan_of(project), names, project.folder / out, project.register, **given)


def manifest(project, out="out"):
    listed = json.loads((project.folder / out / "manifest.json").read_text(encoding="utf-8"))["van_ban"]
    return {row["khoa"].partition("/")[2]: row for row in listed}


def findings(report, code):
    return [found for found in report if found.code == code]


# Formats.


def test_an_issued_word_file_gets_its_pdf_later_and_stays_as_it_was(project, issued):
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    run = project.render()
    assert issued.items() <= letters_of(project).items()
    (found,) = findings(run.report, "batch-issued-pdf-added")
    assert found.values["count"] == "9"
    rows = manifest(project)
    assert {row["trang_thai"] for row in rows.values()} == {"da-ban-hanh"}
    assert {row["trang"] for row in rows.values()} == {1}
    with Register.open(project.register) as register:
        for record in register.letters.all():
            row = rows[record.khoa.partition("/")[2]]
            assert (record.pdf, record.pdf_sha256) == (row["pdf"]["path"], row["pdf"]["sha256"])
        assert register.verify().ok
        assert files_of_book(register).findings == ()
    again = project.render()
    assert not findings(again.report, "batch-issued-pdf-added")
    assert letters_of(project).keys() == {f"{one.removesuffix('.docx')}{end}" for one in issued for end in (".docx", ".pdf")} | {
        name for name in letters_of(project) if name.startswith("in/")
    }  # fmt: skip


def test_the_pdf_added_later_is_that_of_the_issued_words(project, issued):
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    project.render()
    pdf = (project.folder / "out" / f"{PLACE}.pdf").read_bytes()
    assert pdf == to_pdf(issued[f"{PLACE}.docx"], metadata=_metadata(project))
    text = "\n".join(line.text for line in facts(pdf).lines)
    assert "Lò Ón" in text
    assert "Lò Văn Ón" not in text


def _metadata(project):
    with Register.open(project.register) as register:
        return metadata(Letter.from_json(register.letters.data("thu-nghiem-2021/thon/16015-03")))


def test_one_tier_alone_gets_its_pdf(project, issued):
    project.render(only=["tinh"])
    assert [key for key, row in manifest(project).items() if row["pdf"]] == ["tinh/tinh"]


def test_a_changed_or_lost_word_file_gets_no_pdf(project, issued):
    out = project.folder / "out"
    (out / f"{PLACE}.docx").write_bytes(b"x")
    run = project.render()
    assert not (out / f"{PLACE}.pdf").exists()
    assert {"batch-issued-edited", "batch-issued-pdf-added"} <= codes(run.report)
    assert findings(run.report, "batch-issued-edited")[0].values["letter"] == "15/ĐLHL"


def test_a_run_killed_while_it_adds_pdfs_goes_on(project, issued, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("congvan.register.letter_book.LetterBook.place", killed)
        with pytest.raises(Killed):
            project.render()
    run = project.render()
    assert run.report.ok
    assert all(row["pdf"] for row in manifest(project).values())
    assert issued.items() <= letters_of(project).items()


def test_what_was_issued_as_pdf_alone_gets_no_word_file(project):
    run = project.render(formats=["pdf"])
    congvan.issue(run, clock=clock)
    before = letters_of(project)
    run = project.render(formats=["docx", "pdf"])
    (found,) = findings(run.report, "batch-issued-without-word")
    assert "15/ĐLHL" in str(found.values["letters"])
    assert letters_of(project) == before


# Folders, journals, lists.


def test_files_missing_or_changed_are_told_by_the_book_itself(project, issued):
    out = project.folder / "out"
    (out / f"{PLACE}.docx").unlink()
    (out / "1-tinh" / "001_465-PCTH-KD.docx").write_bytes(b"x")
    with Register.open(project.register) as register:
        found = {(one.code, one.values["letter"]) for one in files_of_book(register)}
        assert found == {("batch-issued-missing", "15/ĐLHL"), ("batch-issued-edited", "465/PCTH-KD")}
        shutil.rmtree(out)
        (one,) = files_of_book(register)
    assert (one.code, one.values["count"]) == ("batch-issued-folder-missing", "9")
    assert "15/ĐLHL" in str(one.values["letters"])


def test_a_deleted_output_folder_is_not_filled_anew_with_issued_letters(project, issued):
    shutil.rmtree(project.folder / "out")
    run = project.render(formats=["docx"])
    assert letters_of(project) == {}
    assert len(findings(run.report, "batch-issued-missing")) == 9
    assert set(states(project).values()) == {"da-ban-hanh"}


def test_an_output_folder_that_was_moved_is_known_by_its_new_place(project, issued):
    (project.folder / "out").rename(project.folder / "khac")
    run = project.render(out="khac", formats=["docx"])
    assert codes(run.report) == {"batch-letters-kept"}
    with Register.open(project.register) as register:
        assert {record.thu_muc for record in register.letters.all()} == {"khac"}
        assert files_of_book(register).findings == ()
        assert register.verify().ok


@pytest.mark.parametrize("formats", [["docx"], ["docx", "pdf"]])
def test_another_output_folder_does_not_get_issued_letters_again(project, issued, formats):
    run = project.render(out="khac", formats=formats)
    assert {name for name in project.files(project.folder / "khac") if name.endswith((".docx", ".pdf"))} == set()
    (found,) = findings(run.report, "batch-issued-elsewhere")
    assert (found.values["count"], found.values["path"]) == ("9", "out")
    assert issued == letters_of(project)
    project.change("thon.csv", "16015-03", "16015-04")
    with pytest.raises(CampaignError):
        project.render(out="khac", formats=formats)


@pytest.mark.parametrize("lost", [["manifest.json"], [".congvan/journal.jsonl"], ["manifest.json", ".congvan"]])
@pytest.mark.parametrize("options", [{}, {"fresh": True}, {"only": ["thon"]}])
def test_lists_and_journal_lost_leave_issued_letters_as_they_are(project, issued, lost, options):
    for name in lost:
        path = project.folder / "out" / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    project.change("thon.md", "thông báo\nđể", "báo ngay\nđể")
    run = project.render(**{"formats": ["docx"], **options})
    assert issued == letters_of(project)
    assert "batch-issued-differs" in codes(run.report)
    assert {row["trang_thai"] for row in manifest(project).values()} == {"da-ban-hanh"}
    assert len(manifest(project)) == 9


# Moves of replaced letters.


@pytest.fixture
def open_in_word(monkeypatch):
    """Files that cannot be renamed as long as the list is not empty."""
    from congvan.run.output import folder

    names = []
    rename = folder.rename

    def refused_rename(source, target):
        if any(str(source).endswith(name) for name in names):
            raise PermissionError(13, "Permission denied")
        rename(source, target)

    monkeypatch.setattr(folder, "rename", refused_rename)
    return names


@pytest.mark.parametrize("act", [congvan.replace, congvan.recall])
def test_a_replaced_file_open_in_word_is_moved_by_a_later_command(project, issued, open_in_word, act):
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    open_in_word.append("15-DLHL.docx")
    run = follow(act, project, "15/ĐLHL")
    assert [row.so for row in run.letters] == [16]
    (found,) = findings(run.report, "batch-move-waits")
    assert found.values["letter"] == "15/ĐLHL"
    for _ in range(2):
        again = project.render(formats=["docx"])
        assert letters_of(project)[f"{PLACE}.docx"] == issued[f"{PLACE}.docx"]
        assert findings(again.report, "batch-move-waits")
    open_in_word.clear()
    project.render(formats=["docx"])
    assert letters_of(project)[f"thay-the/{PLACE}.docx"] == issued[f"{PLACE}.docx"]
    assert f"{PLACE}.docx" not in letters_of(project)


def test_a_replaced_file_is_moved_without_a_journal(project, issued, open_in_word):
    open_in_word.append("15-DLHL.docx")
    follow(congvan.replace, project, "15/ĐLHL")
    shutil.rmtree(project.folder / "out" / ".congvan")
    open_in_word.clear()
    project.render(formats=["docx"])
    assert letters_of(project)[f"thay-the/{PLACE}.docx"] == issued[f"{PLACE}.docx"]


@pytest.mark.parametrize(
    "step",
    [
        "congvan.run.pipeline.commit",
        "congvan.run.output.folder.OutputFolder.move",
        "congvan.run.commit.write_lists",
        "congvan.run.life.following._lists_again",
    ],
)
@pytest.mark.parametrize("act", [congvan.replace, congvan.recall, congvan.correct])
def test_a_command_killed_at_any_step_is_given_again(project, issued, monkeypatch, act, step):
    project.change("dot.yaml", "trich_yeu: thông báo kế hoạch", "trich_yeu: thông báo lại")
    with monkeypatch.context() as patched:
        patched.setattr(step, killed)
        with suppress(Killed):
            follow(act, project, "15/ĐLHL")
    with suppress(CampaignError):  # it may be done: what is named does not stand any more
        follow(act, project, "15/ĐLHL")
    project.render(formats=["docx"])
    rows = manifest(project)
    numbers = [row["so"] for row in rows.values() if row["ky_hieu"] == "ĐLHL"]
    assert sorted(numbers) == [12, 13, 14, 15, 16]
    old = rows["thon/16015-03"]["docx"]["path"]
    assert letters_of(project)[old] == issued[f"{PLACE}.docx"]
    with Register.open(project.register) as register:
        assert register.verify().ok
        assert files_of_book(register).findings == ()


@pytest.mark.parametrize(
    "step", ["congvan.run.life.issuing.write_lists", "congvan.run.output.journal.Journal.rewrite", "congvan.run.numbers.Numbers.seal"]
)  # fmt: skip
def test_issuing_killed_at_any_step_is_given_again(project, monkeypatch, step):
    run = project.render(formats=["docx"])
    before = letters_of(project)
    with monkeypatch.context() as patched:
        patched.setattr(step, killed)
        with pytest.raises(Killed):
            congvan.issue(run, clock=clock)
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón") if "numbers" not in step else None
    project.render(formats=["docx"])
    congvan.issue(plan_of(project), project.folder / "out", project.register, clock=clock)
    assert letters_of(project) == before
    assert set(states(project).values()) == {"da-ban-hanh"}
    assert {row["trang_thai"] for row in manifest(project).values()} == {"da-ban-hanh"}


# A newer congvan.


@pytest.fixture
def newer(monkeypatch):
    """What another version of congvan changes: the bytes of built-in templates, and the version in fingerprints."""
    from congvan.run import fingerprint

    def upgrade():
        monkeypatch.setattr(fingerprint, "VERSION", "9.9.9")
        monkeypatch.setattr(fingerprint, "built_in_template", lambda loai: f"newer {loai}".encode())

    return upgrade


@pytest.mark.parametrize("options", [{}, {"fresh": True}, {"formats": ["docx", "pdf"]}])
def test_a_newer_congvan_leaves_issued_letters_and_finds_no_difference(project, issued, newer, options):
    newer()
    run = project.render(**{"formats": ["docx"], **options})
    assert issued.items() <= letters_of(project).items()
    assert codes(run.report) <= {"batch-letters-kept", "batch-issued-pdf-added"}


def test_a_newer_congvan_makes_letters_again_that_are_numbered_only_and_issues_them(project, newer):
    project.render(formats=["docx"])
    newer()
    run = project.render(formats=["docx"])
    assert not findings(run.report, "batch-letters-edited")
    congvan.issue(run, clock=clock)
    assert set(states(project).values()) == {"da-ban-hanh"}


# Numbering of other kinds.


def thon_numbered(project, danh_so):
    project.change(
        "dot.yaml", "noi_dung: thon.md", f"noi_dung: thon.md\n    danh_so: {danh_so}\n    kinh_gui: [Các hộ]"
    )
    congvan.issue(project.render(formats=["docx"]), clock=clock)
    return letters_of(project)


def add_hamlet(project):
    with (project.folder / "thon.csv").open("a", encoding="utf-8") as file:
        file.write("16015-04,400,huyện Hậu Lộc,16015,xã Đại Lộc,thôn 11,thôn,Vừ A Thử,Ông\n")


@pytest.mark.parametrize("danh_so", ["mot_so", "de_trong"])
@pytest.mark.parametrize("act", [congvan.replace, congvan.recall])
def test_one_of_letters_that_share_a_number_or_have_none_is_followed_alone(project, danh_so, act):
    before = thon_numbered(project, danh_so)
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    follow(act, project, "thu-nghiem-2021/thon/16015-03")
    now = letters_of(project)
    (moved,) = before.keys() - now.keys()
    assert now[f"thay-the/{moved}"] == before[moved]
    assert all(now[name] == before[name] for name in before if name != moved)
    congvan.issue(project.render(formats=["docx"]), clock=later)
    again = letters_of(project)
    assert now == again
    with Register.open(project.register) as register:
        assert register.verify().ok
        assert files_of_book(register).findings == ()


@pytest.mark.parametrize("danh_so", ["mot_so", "de_trong", "moi_van_ban"])
def test_a_late_recipient_leaves_issued_letters_as_they_are(project, danh_so):
    before = thon_numbered(project, danh_so)
    add_hamlet(project)
    run = project.render(formats=["docx"])
    now = letters_of(project)
    assert before.items() <= now.items()
    assert len(now) == len(before) + 1
    congvan.issue(run, clock=later)
    assert len(set(states(project))) == 10


# Copies, templates of the office's own.

COPIES = """
    ban_sao:
      hinh_thuc: sao-y
      ngay: 2021-06-22
      noi_nhan: ["Như trên", "Lưu: VT"]
      ky: {chuc_vu: GIÁM ĐỐC, ho_ten: Cao Thị Thử}"""


def copied(project):
    project.change("dot.yaml", "noi_dung: thon.md", f"noi_dung: thon.md{COPIES}")
    return project.render(formats=["docx"])


@pytest.mark.parametrize(
    "change", [("thon.md", "thông báo\nđể", "báo ngay\nđể"), ("dot.yaml", "2021-06-22", "2021-06-23")]
)
def test_copies_are_issued_and_kept_as_letters_are(project, change):
    congvan.issue(copied(project), clock=clock)
    before, rows = letters_of(project), manifest(project)
    assert len(before) == 15
    project.change(*change)
    run = project.render(formats=["docx"], fresh=True)
    assert letters_of(project) == before
    assert "batch-issued-differs" in codes(run.report)
    assert manifest(project) == rows
    add_hamlet(project)
    project.render(formats=["docx"])
    assert before.items() <= letters_of(project).items()
    assert len(letters_of(project)) == 17


@pytest.mark.parametrize("act", [None, congvan.replace])
def test_a_copy_added_later_is_of_the_letter_as_it_stands(project, issued, word_text, act):
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    if act:
        follow(act, project, "15/ĐLHL")
        congvan.issue(project.render(formats=["docx"]), clock=later)
    before = letters_of(project)
    copied(project)
    added = letters_of(project).keys() - before.keys()
    assert before.items() <= letters_of(project).items()
    assert len(added) == 6
    copy = manifest(project)["thon/16015-03/sao-y"]["docx"]["path"]
    text = "\n".join(word_text((project.folder / "out" / copy).read_bytes()))
    assert ("Lò Văn Ón" in text) == bool(act)
    assert ("16/ĐLHL" if act else "15/ĐLHL") in text


def test_a_letter_with_copies_is_replaced_and_its_copies_stay(project):
    congvan.issue(copied(project), clock=clock)
    before = letters_of(project)
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    follow(congvan.replace, project, "thu-nghiem-2021/thon/16015-03")
    now = letters_of(project)
    (moved,) = before.keys() - now.keys()
    assert now[f"thay-the/{moved}"] == before[moved]
    congvan.issue(project.render(formats=["docx"]), clock=later)
    assert all(letters_of(project)[name] == content for name, content in now.items())


def test_a_copy_is_not_followed_without_its_original(project):
    congvan.issue(copied(project), clock=clock)
    before = letters_of(project)
    key = next(key for key in states(project) if "16015-03/sao" in key)
    for act in (congvan.replace, congvan.recall, congvan.correct):
        assert refused(follow, act, project, f"thu-nghiem-2021/{key}") == {"follow-copy"}
    assert letters_of(project) == before


@pytest.fixture
def own_template(project, docx_with):
    """The hamlet tier laid out by a template of the office's own, issued; given what the template says."""

    def issue_with(*parts):
        (project.folder / "mau.docx").write_bytes(docx_with(*parts))
        project.change("dot.yaml", "noi_dung: thon.md", "mau: mau.docx")
        congvan.issue(project.render(formats=["docx"]), clock=clock)
        return letters_of(project)

    return issue_with


PARTS = (
    "{{ co_quan }} {{ so_ky_hieu }}",
    "Kính gửi: {{ kinh_gui[0] }}",
    "Mời {{ ong_ba }} {{ ho_ten }}.",
    "{{ dia_danh }}, {{ ngay }}",
    "V/v {{ trich_yeu }}",
    "Nơi nhận: {{ noi_nhan|join('; ') }}.",
    "{{ ky.chuc_vu }} {{ ky.ho_ten }}",
)
REPLACES = "{% if thay_the %}Thay thế số {{ thay_the.so_ky_hieu }} ngày {{ thay_the.ngay }}.{% endif %}"


def test_a_changed_template_of_the_offices_own_changes_no_issued_letter(project, own_template, docx_with):
    before = own_template(*PARTS)
    (project.folder / "mau.docx").write_bytes(docx_with(*PARTS, "Trân trọng."))
    run = project.render(formats=["docx"], fresh=True)
    assert letters_of(project) == before
    assert len(findings(run.report, "batch-issued-differs")) == 6


def test_a_template_of_the_offices_own_prints_which_letter_it_replaces(project, own_template, word_text):
    own_template(*PARTS, REPLACES)
    run = follow(congvan.replace, project, "15/ĐLHL")
    text = "\n".join(word_text((run.out / run.letters[0].docx.path).read_bytes()))
    assert "16/ĐLHL" in text
    assert "Thay thế số 15/ĐLHL ngày 21/6/2021." in text


def test_a_template_without_a_place_for_it_replaces_nothing(project, own_template):
    before = own_template(*PARTS)
    assert refused(follow, congvan.replace, project, "15/ĐLHL") == {"follow-field-missing"}
    assert letters_of(project) == before


# Files edited by hand.


def edited(path, old, new):
    document = Document(path)
    for paragraph in document.paragraphs:
        if old in paragraph.text:
            text = paragraph.text.replace(old, new)
            for run in paragraph.runs[1:]:
                run.text = ""
            paragraph.runs[0].text = text
    for table in document.tables:
        for cell in {cell for row in table.rows for cell in row.cells}:
            for paragraph in cell.paragraphs:
                if old in paragraph.text:
                    paragraph.runs[0].text = paragraph.text.replace(old, new)
                    for run in paragraph.runs[1:]:
                        run.text = ""
    saved = BytesIO()
    document.save(saved)
    path.write_bytes(saved.getvalue())
    return saved.getvalue()


def test_a_letter_edited_in_word_is_issued_as_it_is_with_a_pdf_of_its_own(project):
    run = project.render()
    path = project.folder / "out" / f"{PLACE}.docx"
    pdf = path.with_suffix(".pdf").read_bytes()
    content = edited(path, "biết", "biết trước ngày 15")
    assert refused(congvan.issue, run, clock=clock) == {"issue-edited"}
    assert project.render().report.ok
    assert path.read_bytes() == content
    congvan.issue(run, clock=clock, as_edited=True, letters=["465/PCTH-KD", "12/ĐLHL", "15/ĐLHL"])
    assert path.read_bytes() == content
    assert path.with_suffix(".pdf").read_bytes() != pdf
    after = letters_of(project)
    run = project.render()
    assert {name: after[name] for name in (f"{PLACE}.docx", f"{PLACE}.pdf")}.items() <= letters_of(project).items()
    assert not {"batch-issued-edited", "batch-letters-edited"} & codes(run.report)
    with Register.open(project.register) as register:
        assert files_of_book(register).findings == ()


def test_an_edited_letter_without_its_number_is_refused_and_keeps_its_pdf(project):
    run = project.render()
    path = project.folder / "out" / f"{PLACE}.docx"
    pdf = path.with_suffix(".pdf").read_bytes()
    edited(path, "15/ĐLHL", "…/ĐLHL")
    assert "issue-edited-without" in refused(congvan.issue, run, clock=clock, as_edited=True)
    assert path.with_suffix(".pdf").read_bytes() == pdf
    assert states(project) == {}


def test_a_letter_that_somebody_made_a_bomb_of_is_refused_and_never_unpacked(project):
    run = project.render()
    path = project.folder / "out" / f"{PLACE}.docx"
    with ZipFile(path, "w", ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b" " * 2**25)
    assert "issue-edited-unreadable" in refused(congvan.issue, run, clock=clock, as_edited=True)
    assert docx_words(path) == []
    assert states(project) == {}


# A register on a server.


def test_on_a_server_issued_letters_are_kept_followed_and_compared_as_in_a_file(project, postgresql_url):
    project.register = postgresql_url
    run = project.render(formats=["docx"], register=postgresql_url)
    congvan.issue(run, clock=clock)
    before = letters_of(project)
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    run = project.render(register=postgresql_url)
    assert before.items() <= letters_of(project).items()
    assert {"batch-issued-differs", "batch-issued-pdf-added"} <= codes(run.report)
    follow(congvan.replace, project, "15/ĐLHL")
    assert letters_of(project)[f"thay-the/{PLACE}.docx"] == before[f"{PLACE}.docx"]
    with Register.open(postgresql_url) as register:
        assert register.verify().ok
        assert files_of_book(register).findings == ()


# A register lost, and restored from before.


def test_a_register_restored_from_before_loses_and_changes_no_issued_file(project, issued):
    with Register.open(project.register) as register:
        register.backup(project.folder / "luu.sqlite3")
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    follow(congvan.replace, project, "15/ĐLHL")
    congvan.issue(project.render(formats=["docx"]), clock=later)
    replacing = letters_of(project)
    project.register.unlink()
    with Register.open(project.register) as register:
        register.restore(project.folder / "luu.sqlite3", enter_new=True)
    project.change("thon.csv", "Lò Văn Ón", "Lò Thị Ón")
    project.render(formats=["docx"], fresh=True)
    now = letters_of(project)
    assert {*replacing.values()} <= {*now.values()}
    assert issued.items() <= now.items()


def test_an_issue_taken_back_since_the_backup_is_not_issued_again_by_restoring_it(project, issued):
    with Register.open(project.register) as register:
        register.backup(project.folder / "luu.sqlite3")
    given = (project.folder / "out", project.register)
    congvan.undo_issue(plan_of(project), "ký nhầm", *given, letters=["15/ĐLHL"])
    project.change("thon.csv", "Lò Ón", "Lò Văn Ón")
    project.render(formats=["docx"])
    with Register.open(project.register) as register:
        assert refused(register.restore, project.folder / "luu.sqlite3") == {"register-restore-loses-issues"}
        register.restore(project.folder / "luu.sqlite3", enter_new=True)
        assert register.verify().ok
        assert files_of_book(register).findings == ()
        entries = {line.khoa: line.trang_thai for line in register.entries()}
    assert states(project)["thon/16015-03"] == "da-cap-so"
    assert entries["thu-nghiem-2021/thon/16015-03"] is State.RESERVED
    congvan.issue(plan_of(project), *given, clock=clock)
    assert set(states(project).values()) == {"da-ban-hanh"}


# Print files beside issued letters.


def test_a_lost_pdf_of_an_issued_letter_is_named_and_the_print_file_has_the_others(project):
    congvan.issue(project.render(), clock=clock)
    before = letters_of(project)
    (project.folder / "out" / f"{PLACE}.pdf").unlink()
    run = project.render()
    (found,) = findings(run.report, "batch-issued-missing")
    assert found.values["letter"] == "15/ĐLHL"
    assert not findings(run.report, "batch-print-file-failed")
    now = letters_of(project)
    assert {
        name: content for name, content in before.items() if name[0].isdigit() and PLACE not in name
    }.items() <= now.items()
    assert now["in/3-thon.pdf"] == before["in/3-thon.pdf"]
    (project.folder / "out" / "in" / "3-thon.pdf").unlink()
    assert project.render().report.ok
    assert letters_of(project)["in/3-thon.pdf"] != before["in/3-thon.pdf"]


def test_another_output_folder_has_no_print_files_of_letters_issued_elsewhere(project):
    congvan.issue(project.render(only=["tinh", "huyen"]), clock=clock)
    run = project.render(out="khac")
    assert findings(run.report, "batch-issued-elsewhere")
    assert run.report.ok
    files = project.files(project.folder / "khac")
    assert "in/3-thon.pdf" in files
    assert "in/1-tinh.pdf" not in files
