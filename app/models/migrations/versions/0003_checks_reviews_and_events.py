"""Checks, reviews, events, merged files, unfinished imports and what the province's platform was told."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "import_mapping",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("columns", sa.Text(), nullable=False),
        sa.Column("ways", sa.Text(), nullable=False),
        sa.Column("used_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_import_mapping")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_import_mapping_fingerprint")),
    )
    op.create_table(
        "rule_switch",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_rule_switch")),
        sa.UniqueConstraint("code", name=op.f("uq_rule_switch_code")),
    )
    op.create_table(
        "saved_filter",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("name", name=op.f("uq_saved_filter_name")),
    )
    op.create_table(
        "acceptance",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("cadre_uid", sa.Text(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("field_name", sa.Text(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("accepted_by", sa.Text(), nullable=True),
        sa.Column("accepted_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cadre_uid"], ["cadre.uid"], name=op.f("fk_acceptance_cadre_uid"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_acceptance")),
    )
    with op.batch_alter_table("acceptance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_acceptance_cadre_uid"), ["cadre_uid"], unique=False)

    op.create_table(
        "alias",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("cadre_uid", sa.Text(), nullable=False),
        sa.Column("merged_uid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("id_number", sa.Text(), nullable=True),
        sa.Column("merged_at", sa.Text(), nullable=False),
        sa.Column("merged_by", sa.Text(), nullable=True),
        sa.Column("act", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cadre_uid"], ["cadre.uid"], name=op.f("fk_alias_cadre_uid"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_alias")),
        sa.UniqueConstraint("merged_uid", name=op.f("uq_alias_merged_uid")),
    )
    with op.batch_alter_table("alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alias_cadre_uid"), ["cadre_uid"], unique=False)

    op.create_table(
        "hospital_stay",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("admitted_on", sa.Text(), nullable=True),
        sa.Column("discharged_on", sa.Text(), nullable=True),
        sa.Column("hospital", sa.Text(), nullable=True),
        sa.Column("ward", sa.Text(), nullable=True),
        sa.Column("illness", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("visited", sa.Boolean(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("cadre_uid", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cadre_uid"], ["cadre.uid"], name=op.f("fk_hospital_stay_cadre_uid"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_hospital_stay")),
    )
    with op.batch_alter_table("hospital_stay", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hospital_stay_cadre_uid"), ["cadre_uid"], unique=False)

    op.create_table(
        "import_doubt",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("intake_uid", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["intake_uid"], ["intake.uid"], name=op.f("fk_import_doubt_intake_uid"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_import_doubt")),
    )
    with op.batch_alter_table("import_doubt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_doubt_intake_uid"), ["intake_uid"], unique=False)

    op.create_table(
        "life_event",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("cadre_uid", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("happened_on", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cadre_uid"], ["cadre.uid"], name=op.f("fk_life_event_cadre_uid"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_life_event")),
    )
    with op.batch_alter_table("life_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_life_event_cadre_uid"), ["cadre_uid"], unique=False)

    op.create_table(
        "movement",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("happened_on", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("paid_from", sa.Text(), nullable=True),
        sa.Column("paid_until", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("cadre_uid", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cadre_uid"], ["cadre.uid"], name=op.f("fk_movement_cadre_uid"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_movement")),
    )
    with op.batch_alter_table("movement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_movement_cadre_uid"), ["cadre_uid"], unique=False)

    op.create_table(
        "review",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("cadre_uid", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("at", sa.Text(), nullable=True),
        sa.Column("by_uid", sa.Text(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("checked_by", sa.Text(), nullable=True),
        sa.Column("approved_act", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cadre_uid"], ["cadre.uid"], name=op.f("fk_review_cadre_uid"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_review")),
        sa.UniqueConstraint("cadre_uid", name=op.f("uq_review_cadre_uid")),
    )
    op.create_table(
        "typed_in",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("cadre_uid", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("cell", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("typed_at", sa.Text(), nullable=False),
        sa.Column("typed_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cadre_uid"], ["cadre.uid"], name=op.f("fk_typed_in_cadre_uid"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_typed_in")),
        sa.UniqueConstraint(
            "cadre_uid", "platform", "cell", name=op.f("uq_typed_in_cadre_uid_platform_cell")
        ),
    )
    op.create_table(
        "event_step",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("event_uid", sa.Text(), nullable=False),
        sa.Column("cadre_uid", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("done_at", sa.Text(), nullable=True),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cadre_uid"], ["cadre.uid"], name=op.f("fk_event_step_cadre_uid"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_uid"], ["life_event.uid"], name=op.f("fk_event_step_event_uid"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_event_step")),
    )
    with op.batch_alter_table("event_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_step_cadre_uid"), ["cadre_uid"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_step_event_uid"), ["event_uid"], unique=False)

    with op.batch_alter_table("cadre", schema=None) as batch_op:
        batch_op.add_column(sa.Column("photo_original", sa.Text(), nullable=True))

    with op.batch_alter_table("intake", schema=None) as batch_op:
        batch_op.add_column(sa.Column("batch", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("undone_at", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("sheets", sa.Text(), server_default="", nullable=False))
