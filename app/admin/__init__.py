"""The staff's back office under ``/admin``: pages over the same services as everybody else. 后台"""

from app.admin.site import init_admin

__all__ = ["init_admin"]
