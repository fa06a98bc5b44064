"""E-mail drafts that a mail program opens."""

from email import message_from_bytes, policy

from congvan.office.email_drafts import addresses, email_draft


def draft(sent, recipients, **parts):
    one = sent.letter(17, 2, "tinh", **parts)
    names = [recipient.ten for recipient in recipients]
    content = email_draft(sent.sender, one, recipients, names, b"%PDF-1.7")
    assert content == email_draft(sent.sender, one, recipients, names, b"%PDF-1.7")
    return message_from_bytes(content, policy=policy.default)


def test_a_draft_has_subject_addresses_words_and_the_letter(sent):
    message = draft(
        sent, [sent.body("Sở Công Thương", email="so@example.vn"), sent.body("Sở Xây dựng", e_mail="a@b.vn; c@d.vn")]
    )
    (attached,) = message.iter_attachments()

    assert message["Subject"] == "Công văn số 17/ĐLHL: thông báo kế hoạch"
    assert message["To"] == "so@example.vn, a@b.vn, c@d.vn"
    assert message["X-Unsent"] == "1"
    assert message["From"] is message["Date"] is None
    assert "Kính gửi Sở Công Thương; Sở Xây dựng," in message.get_body().get_content()
    assert (attached.get_filename(), attached.get_content()) == ("017.pdf", b"%PDF-1.7")


def test_what_is_no_address_is_left_out(sent):
    assert addresses([sent.body("x", email="chưa có"), sent.body("y", email="a@b.vn\r\nBcc: c@d.vn")]) == (
        "a@b.vn",
        "c@d.vn",
    )


def test_a_subject_of_several_lines_adds_no_header(sent):
    message = draft(sent, [sent.body("x")], trich_yeu="một\r\nBcc: a@b.vn")
    assert message["Bcc"] is None
    assert message["To"] is None
