"""The master key and what is derived from it."""

from pathlib import Path

import pytest
from pytest_django import Settings

from paraph.kit.keys import KeyUnusable, derived_key, master_key


def test_a_purpose_has_a_key_of_its_own() -> None:
    assert derived_key("codes") == derived_key("codes")
    assert len({master_key(), derived_key("codes"), derived_key("tokens")}) == 3


def test_another_installation_has_other_keys(settings: Settings, tmp_path: Path) -> None:
    before = derived_key("codes")
    settings.PARAPH_KEY_FILE = tmp_path / "other.key"
    settings.PARAPH_KEY_FILE.write_text("ab" * 32)

    assert derived_key("codes") != before


@pytest.mark.parametrize("content", ["", "ab" * 31, "not a key", "zz" * 32])
def test_a_file_that_holds_no_key_is_refused(installation: Path, content: str) -> None:
    (installation / "master.key").write_text(content)

    with pytest.raises(KeyUnusable):
        master_key()


def test_a_missing_file_is_refused(installation: Path) -> None:
    (installation / "master.key").unlink()

    with pytest.raises(KeyUnusable):
        master_key()
