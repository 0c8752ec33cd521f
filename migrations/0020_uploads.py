"""Files that people sent, and keys in the storage that no upload names."""

from peewee import BigAutoField, CharField, DateTimeField, ForeignKeyField, IntegerField, Model


def frozen_models(db):
    """The tables as they were when this was written."""

    class Frozen(Model):
        id = BigAutoField()

        class Meta:
            database = db

    class Account(Frozen):
        class Meta:
            table_name = "account"

    class Upload(Frozen):
        owner = ForeignKeyField(Account, null=True, backref="+", on_delete="RESTRICT", index=False)
        purpose = CharField(max_length=32)
        name = CharField(max_length=120)
        media_type = CharField(max_length=32)
        size = IntegerField()
        sha256 = CharField(max_length=64)
        key = CharField(unique=True, max_length=80)
        width = IntegerField(null=True)
        height = IntegerField(null=True)
        claim_hash = CharField(unique=True, null=True, max_length=64)
        created_at = DateTimeField()
        attached_at = DateTimeField(null=True)

        class Meta:
            table_name = "upload"

    class LooseFile(Frozen):
        key = CharField(unique=True, max_length=80)
        since = DateTimeField(index=True)

        class Meta:
            table_name = "loose_file"

    return [Upload, LooseFile]


def up(migrator, db):
    db.create_tables(frozen_models(db))
    db.execute_sql(
        "CREATE INDEX upload_unattached ON upload (created_at) WHERE attached_at IS NULL"
    )


def down(migrator, db):
    db.drop_tables(list(reversed(frozen_models(db))))
