"""案头。What the preferences page may ask of those who hold the book and the person's habits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from desktop.ui.session import Session
    from desktop.usecases.ports import Backup, Step
    from desktop.usecases.preferences import Preferences


class Desk(Protocol):
    """Everything but `backups` answers at once."""

    @property
    def engine(self) -> str: ...

    @property
    def preferences(self) -> Preferences: ...

    def prefer(self, preferences: Preferences, /) -> None:
        """Keep what the person chose."""
        ...

    @property
    def file(self) -> Path | None:
        """Where the book lies; None: in memory alone."""
        ...

    @property
    def steps(self) -> Sequence[Step]:
        """Newest first."""
        ...

    def backups(self) -> Sequence[Backup]:
        """Newest first. It reads the disk: called off the GUI thread; it may raise a `FileTrouble`."""
        ...

    def follow(self, again: Callable[..., object], /) -> None:
        """Call `again` whenever a copy or a backup was made, or the preferences changed."""
        ...


class SessionDesk:
    """The desk of a window."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def engine(self) -> str:
        return self._session.engine

    @property
    def preferences(self) -> Preferences:
        return self._session.habits.preferences

    def prefer(self, preferences: Preferences) -> None:
        self._session.habits.take(preferences)

    @property
    def file(self) -> Path | None:
        return self._session.keeper.file

    @property
    def steps(self) -> Sequence[Step]:
        seen = self._session.seen
        return seen.steps if seen is not None else ()

    def backups(self) -> Sequence[Backup]:
        return self._session.keeper.backups()

    def follow(self, again: Callable[..., object]) -> None:
        self._session.keeper.said.connect(again)
        self._session.habits.changed.connect(again)
