"""Tables of files that people sent."""

from peewee import SQL, CharField, ForeignKeyField, IntegerField

from app.accounts.models import Account
from app.core.clock import now
from app.core.database import BaseModel, EnumField, UTCDateTimeField
from app.files.purposes import MediaType, Purpose


class Upload(BaseModel):
    """A file that passed the checks, as it is kept. 文件

    Nobody sees it until a record points to it (``attached_at``); without one it goes
    after a day. Its content lies in the storage under ``key``, and never changes.
    """

    owner_id: int | None
    owner = ForeignKeyField(  # null: a visitor, or staff
        Account, null=True, backref="+", on_delete="RESTRICT", index=False
    )
    purpose = EnumField(Purpose)
    name = CharField(max_length=120)  # as the sender called it, cleaned
    media_type = EnumField(MediaType)
    size = IntegerField()  # bytes as kept
    sha256 = CharField(max_length=64)  # of the content as kept
    key = CharField(max_length=80, unique=True)
    width = IntegerField(null=True)  # pixels of a picture
    height = IntegerField(null=True)
    claim_hash = CharField(max_length=64, null=True, unique=True)  # a visitor's proof
    created_at = UTCDateTimeField(default=now)
    attached_at = UTCDateTimeField(null=True)

    @property
    def is_image(self) -> bool:
        return self.media_type.is_image


class LooseFile(BaseModel):
    """A key in the storage that no upload names: not yet, or not any more.

    Written before a file is put and when an upload goes, so that whatever fails in
    between, no file is left behind that nobody knows of.
    """

    key = CharField(max_length=80, unique=True)
    since = UTCDateTimeField(default=now, index=True)

    class Meta:
        table_name = "loose_file"


Upload.add_index(
    SQL("CREATE INDEX upload_unattached ON upload (created_at) WHERE attached_at IS NULL")
)
