"""Pages sorted by a text column, whatever the text looks like."""

from boucle.kit.pagination import Order, PageRequest, read_page
from boucle.surveys.models import Program
from tests.factories.surveys import make_program

BY_NAME = Order("name", is_descending=False)


async def test_pages_by_name_neither_skip_nor_repeat_names_that_look_like_something_else(db):
    names = ["10", "2026", "2026-11-02", "Été | hiver", "~", "'"]
    for name in names:
        await make_program(name=name)
    read, after = [], None
    while True:
        page = await read_page(Program.all(), PageRequest(first=2, after=after), BY_NAME)
        read += [row.name for row in page.rows]
        if not page.has_next:
            break
        after = page.cursors[-1]
    assert sorted(read) == sorted(names)
    assert read == [row.name for row in await Program.all().order_by("name", "id")]
