"""The blueprint that the endpoints of this package share."""

from app.core.problems import Blueprint

blp = Blueprint("interviews", __name__, url_prefix="/api", description="面试排队与通话")
