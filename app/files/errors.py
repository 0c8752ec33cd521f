"""Why a file is not taken, and why one is not found."""

from app.core.errors import Invalid, NotFound, TooLarge


class UploadTooLarge(TooLarge):
    """More bytes than its purpose allows; ``most_bytes`` says how many those are."""

    title = "文件过大"


class UploadEmpty(Invalid):
    """A file of no bytes."""

    title = "文件是空的，请重新选择文件"


class UploadTypeRefused(Invalid):
    """By its content it is nothing that this purpose takes; ``allowed`` names what is."""

    title = "不支持这种文件"


class UploadRenamed(Invalid):
    """The name says one type, the content is another."""

    title = "文件内容与扩展名不符，请上传原始文件"


class UploadBroken(Invalid):
    """Cut off or damaged."""

    title = "文件不完整或已损坏，请重新上传"


class PictureTooLarge(Invalid):
    """More pixels than we decode; ``most_pixels`` says how many that are."""

    title = "图片尺寸过大，请缩小后再上传"


class PictureMoves(Invalid):
    """An animation is no picture."""

    title = "不支持动图，请上传静态图片"


class PaperSealed(Invalid):
    """A PDF that asks for a password, or forbids what its readers need."""

    title = "PDF 已加密，请上传未加密的文件"


class PaperActive(Invalid):
    """A PDF that carries scripts, actions or further files."""

    title = "PDF 中含有脚本、动作或附件，请上传不含这些内容的文件"


class PaperTooLong(Invalid):
    """A PDF with more pages than a paper has; ``most_pages`` says how many that are."""

    title = "PDF 页数过多"


class PurposeNotForVisitors(Invalid):
    """Without a login only papers and statements can be sent."""

    title = "请登录后再上传这种文件"


class UploadNotFound(NotFound):
    """No such file, or somebody else's, or nobody attached it in time."""

    title = "没有找到该文件，请重新上传"


class UploadMisplaced(Invalid):
    """The file was sent for another purpose."""

    title = "该文件不能用在这里，请按要求重新上传"


class LinkExpired(NotFound):
    """The link to a file is worn out, forged, or its file is gone."""

    title = "文件链接已失效，请刷新页面后重试"
