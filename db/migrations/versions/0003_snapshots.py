"""Snapshots: what a scenario came to on the day it was kept.

Why: years later one wants to see what was reckoned then, by which engine and packs, and why it differs now.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "snapshot",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.CheckConstraint("json_valid(content)", name=op.f("ck_snapshot_document")),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_snapshot")),
        sa.UniqueConstraint("content", name=op.f("uq_snapshot_content")),
        sqlite_strict=True,
    )
