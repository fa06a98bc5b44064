from congvan.findings import Place, finding
from congvan.recipients.table import finding_log as log_module
from congvan.recipients.table.finding_log import LIMIT, FindingLog


def place(row, column="Họ tên"):
    return Place(file="a.csv", row=row, column=column)


def test_errors_are_kept_far_longer_than_warnings():
    log = FindingLog()
    log.extend(finding("recipients-value-missing", place(row)) for row in range(3 * LIMIT))

    assert len(log.report().errors) == 3 * LIMIT


def test_an_error_in_every_row_of_a_giant_list_is_counted_in_the_end(monkeypatch):
    monkeypatch.setattr(log_module, "ERROR_LIMIT", 100)
    log = FindingLog()
    log.extend(finding("recipients-value-missing", place(row)) for row in range(107))
    report = log.report()

    assert len(report.errors) == 100
    assert report.findings[-1].values["count"] == "7"


def test_one_warning_in_every_row_of_a_column_is_counted_after_a_while():
    log = FindingLog()
    log.extend(finding("text-not-nfc", place(row), words="ọ") for row in range(LIMIT + 7))
    log.add(finding("text-not-nfc", place(1, column="Xã"), words="ọ"))

    *told, more = log.report()

    assert len(told) == LIMIT + 1
    assert (more.code, more.values["count"], more.place) == (
        "recipients-more",
        "7",
        Place(file="a.csv", column="Họ tên"),
    )
