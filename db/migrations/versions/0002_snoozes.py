"""Snoozes: a finding that is not to be shown before a day.

Why: 稍后提醒 is asked for once, and must be remembered when the window is closed.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "snooze",
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_snooze")),
        sa.UniqueConstraint("finding", name=op.f("uq_snooze_finding")),
        sqlite_strict=True,
    )
