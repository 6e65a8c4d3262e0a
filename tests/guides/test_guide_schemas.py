"""办事指南的格式。The JSON Schema that editors read is the one the reader goes by."""

import json

from desktop.guides.reader import schemas
from tests.families import RESOURCES

SCHEMAS = RESOURCES / "schema"


def published() -> dict[str, str]:
    """What each file should hold, by name."""
    return {
        f"{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas().items()
    }


def test_that_the_published_schemas_of_guides_are_the_readers_own() -> None:
    assert {name: (SCHEMAS / name).read_text("utf-8") for name in published()} == published()


if __name__ == "__main__":
    for name, text in published().items():
        (SCHEMAS / name).write_text(text, "utf-8")
