"""PDFs: pages to read, and nothing that acts."""

import pytest
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from app.files.errors import (
    PaperActive,
    PaperSealed,
    PaperTooLong,
    UploadBroken,
    UploadTypeRefused,
)
from app.files.inspection import inspect
from app.files.papers import MOST_PAGES, check_paper
from app.files.purposes import ALLOWANCES, Purpose
from tests import samples
from tests.samples import action, on_click, on_opening

PAPER = ALLOWANCES[Purpose.PAPER]


@pytest.mark.spec("A10")
def test_plain_pdf_is_kept_as_it_came():
    content = samples.pdf(pages=3)
    assert inspect("授权书.pdf", content, PAPER).content == content


@pytest.mark.parametrize(
    "change",
    [
        lambda writer: writer.add_metadata({"/Title": "授权书", "/Author": "/JavaScript"}),
        on_opening(action("Named", N="FirstPage")),
        on_click(action("URI", URI="https://example.com")),
        on_click(action("GoTo", D="here")),
    ],
    ids=["title", "first page", "link", "jump"],
)
def test_what_only_leads_somewhere_is_fine(change):
    check_paper(samples.pdf(change))


@pytest.mark.parametrize(
    "change",
    [
        samples.named_script,
        on_opening(action("JavaScript", JS="app.alert(1)")),
        on_click(action("JavaScript", JS="app.alert(1)")),
        on_opening(action("Launch", F="cmd.exe")),
        on_click(action("Launch", F="cmd.exe")),
        on_click(action("SubmitForm", F="https://example.com")),
        on_click(action("ImportData", F="a.fdf")),
        on_click(action("GoToR", F="other.pdf")),
        on_click(action("GoToE")),
        on_click(action("Rendition")),
        lambda writer: writer.add_attachment("virus.exe", b"MZ"),
        lambda writer: writer.root_object.update(
            {
                NameObject("/AcroForm"): DictionaryObject(
                    {NameObject("/XFA"): TextStringObject("<xdp/>")}
                )
            }
        ),
    ],
    ids=[
        "script", "script on opening", "script on a click", "program on opening",
        "program on a click", "form sent away", "foreign values", "other file", "inner file",
        "film", "attachment", "xfa form",
    ],
)  # fmt: skip
def test_pdf_that_acts_is_refused(change):
    with pytest.raises(PaperActive):
        check_paper(samples.pdf(change))


@pytest.mark.parametrize(
    "record",
    [
        b"<</S/JavaScript/JS(app.alert\\(1\\))>>",
        b"<</S/J#61vaScript/J#53(x)>>",  # the same in other letters
        b"<</Kids[<</A<</S/Launch/F(cmd.exe)>>>>]>>",
        b"<</Type/Filespec/EF<</F 9 0 R>>>>",
    ],
)
def test_script_that_no_page_leads_to_is_found_in_a_packed_object(record):
    check_paper(samples.pdf_with_packed(b"<</Type/Font/BaseFont/Helvetica>>"))
    with pytest.raises(PaperActive):
        check_paper(samples.pdf_with_packed(record))


def test_packed_stream_that_unfolds_without_end_is_refused():
    bomb = samples.pdf_with_packed(b"<</A(" + b"x" * 40_000_000 + b")>>")
    assert len(bomb) < 100_000
    with pytest.raises(UploadBroken):
        check_paper(bomb)


def test_deep_nest_of_lists_is_refused():
    with pytest.raises(UploadBroken):
        check_paper(samples.pdf_with_packed(b"<</K" + b"[" * 400 + b"]" * 400 + b">>"))


@pytest.mark.parametrize(("user", "owner"), [("secret", "secret"), ("", "owner-only")])
def test_encrypted_pdf_is_refused(user, owner):
    with pytest.raises(PaperSealed):
        check_paper(samples.pdf(lambda writer: writer.encrypt(user, owner, algorithm="RC4-128")))


def test_pages_are_counted():
    check_paper(samples.pdf(pages=MOST_PAGES))
    with pytest.raises(PaperTooLong) as refusal:
        check_paper(samples.pdf(pages=MOST_PAGES + 1))
    assert refusal.value.extensions == {"most_pages": 50}
    with pytest.raises(UploadBroken):
        check_paper(samples.pdf(pages=0))


def test_cut_off_and_made_up_pdf_is_refused():
    whole = samples.pdf(pages=5)
    for content in (
        whole[: len(whole) // 3],
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + samples.HTML,
        b"%PDF-1.4\n" + b"1 0 obj\n" * 2_000,
        b"%PDF-1.4\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF",
    ):
        with pytest.raises(UploadBroken):
            check_paper(content)


@pytest.mark.parametrize(
    "content",
    [
        samples.saved(samples.picture(), "GIF") + samples.pdf(),
        samples.HTML + samples.pdf(),
        b"\0" + samples.pdf(),
    ],
    ids=["GIF before", "HTML before", "a byte before"],
)
def test_file_that_is_two_things_is_refused(content):
    with pytest.raises(UploadTypeRefused):
        inspect("授权书.pdf", content, PAPER)
