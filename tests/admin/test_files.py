"""How the back office shows what people sent."""

import re

import pytest

from app.admin.cells import NOTHING, upload_link, upload_picture
from app.admin.words import action_word, subject_word
from app.files.purposes import Purpose
from app.files.services import store_upload
from tests import samples


@pytest.mark.spec("A10")
def test_paper_opens_in_a_tab_of_its_own_by_a_link_that_expires(app, factory, anybody):
    upload = store_upload(factory.account().id, Purpose.PAPER, "授权书.pdf", samples.pdf())
    cell = str(upload_link(upload))
    assert 'target="_blank" rel="noopener noreferrer"' in cell and "授权书.pdf" in cell
    address = re.search(r'href="(/api/files/[^"]+)"', cell)
    assert address and anybody.get(address[1]).status_code == 200
    assert upload_picture(upload) == upload_link(upload)


def test_picture_is_shown_with_the_whole_one_behind_it(app, factory):
    upload = factory.upload(name='"><script>.jpg')
    for cell in (str(upload_picture(upload)), str(upload_link(upload))):
        assert "<script>" not in cell and "/api/files/" in cell
    assert 'width="40" height="20"' in str(upload_picture(upload))


def test_no_file_is_a_dash(app):
    assert upload_link(None) == upload_picture(None) == NOTHING


def test_trail_speaks_of_files_in_chinese():
    assert subject_word("upload:3") == "文件 #3"
    assert [action_word(verb) for verb in ("upload", "attach", "revoke")] == [
        "上传文件", "提交文件", "作废",
    ]  # fmt: skip
