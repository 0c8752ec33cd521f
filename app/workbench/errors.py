"""What can be wrong with an address of a client."""

from app.core.errors import NotFound


class PageFileMissing(NotFound):
    title = "页面文件不存在，请刷新页面"
