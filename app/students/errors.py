"""Rules about résumés."""

from app.core.errors import Conflict, Invalid, NotFound


class StudentNotFound(NotFound):
    title = "没有找到该同学"


class SectionUnknown(NotFound):
    title = "简历中没有这个部分"


class SectionInvalid(Invalid):
    """A field of the section is wrong; ``errors`` names each."""

    title = "简历内容有误，请检查标出的项目"


class ResumeChanged(Conflict):
    """Another device saved in the meantime; ``version`` is the present one."""

    title = "简历已在其他设备上修改，请刷新后再编辑"


class DeviceUntested(Conflict):
    """Camera and microphone have to be tested once a day before a line is joined (E08)."""

    title = "请先完成今天的设备测试，再排队面试"
