"""Islands: one file, one custom element, one name."""

from pathlib import Path

from tests.tools.place import put, sentences
from tools import check_islands


def test_an_island_is_one_element_named_like_its_file(tmp_path: Path) -> None:
    put(tmp_path, "frontend/islands/kanban-board.ts", 'customElements.define("kanban-board", B);')
    put(tmp_path, "frontend/islands/desk/drop-menu.ts", 'define("drop-menu", DropMenu);')

    assert sentences(check_islands.violations(tmp_path)) == []


def test_a_second_element_or_another_name_is_refused(tmp_path: Path) -> None:
    two = 'customElements.define("a-b", A); customElements.define("c-d", C);'
    put(tmp_path, "frontend/islands/a-b.ts", two)
    put(tmp_path, "frontend/islands/e-f.ts", 'customElements.define("g-h", G);')

    assert sentences(check_islands.violations(tmp_path)) == [
        "defines 2 custom elements; an island is one.",
        "defines <g-h>; the file's name says <e-f>.",
    ]
