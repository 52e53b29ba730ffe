"""Where things are: data, settings, and the banks to study."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from studytool import config
from studytool.config import CardsChoice, Source
from studytool.errors import UsageError

SHIPPED = Path(__file__).parent.parent / "cards"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with banks in ./cards."""
    (tmp_path / "cards").mkdir()
    (tmp_path / "cards" / "a.yaml").write_text("deck: D\nnotes: []\n")
    return tmp_path


def test_the_library_comes_from_the_first_of_five_sources(here: Path) -> None:
    variables = {"STUDYTOOL_CARDS": "/variable"}
    setting = ("set", "config.toml:1", Path("/folder"))
    assert config.cards("/option", variables, here, *setting) == CardsChoice(
        Path("/option"), Source("option", "--cards")
    )
    assert config.cards(None, variables, here, *setting) == CardsChoice(
        Path("/variable"), Source("environment", "STUDYTOOL_CARDS")
    )
    assert config.cards(None, {"STUDYTOOL_CARDS": ""}, here, *setting) == CardsChoice(
        Path("/folder/set"), Source("file", "config.toml:1")
    )
    assert config.cards(None, {}, here) == CardsChoice(here / "cards", Source("default", "./cards"))
    (here / "cards" / "a.yaml").rename(here / "cards" / "a.txt")
    assert config.cards(None, {}, here) == CardsChoice(
        SHIPPED, Source("default", "the shipped banks")
    )


def test_a_setting_is_relative_to_its_file_and_the_rest_to_here(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/me")
    assert config.cards("a/b", {}, tmp_path).root == tmp_path / "a" / "b"
    assert config.cards(None, {}, tmp_path, "n", "c:1", Path("/f")).root == Path("/f/n")
    assert config.cards(None, {}, tmp_path, "~/n", "c:1", Path("/f")).root == Path("/home/me/n")
    assert config.cards(None, {}, tmp_path, "/n", "c:1", Path("/f")).root == Path("/n")


def test_a_chosen_folder_has_both_data_and_settings() -> None:
    variables = {"STUDYTOOL_HOME": "/variable"}
    assert config.home("/option", variables) == Path("/option")
    assert config.home(None, variables) == Path("/variable")
    assert config.settings_file("/option", variables) == Path("/option/config.toml")
    assert config.settings_file(None, variables) == Path("/variable/config.toml")


def test_otherwise_the_system_says_where_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "/my/config")
    monkeypatch.setenv("XDG_DATA_HOME", "/my/data")
    folder = Path(platformdirs.user_config_dir("studytool", appauthor=False))
    assert config.settings_file(None, {}) == folder / "config.toml"
    assert config.home(None, {}) == Path(platformdirs.user_data_dir("studytool", appauthor=False))
    assert config.settings_file(None, {}).parent != config.home(None, {})


@pytest.mark.parametrize("place", ["~nobody-here/x", "caf\udce9"])
def test_what_is_no_path_is_told(place: str) -> None:
    for look in (
        lambda: config.home(place, {}),
        lambda: config.settings_file(place, {}),
        lambda: config.cards(place, {}, Path("/")),
        lambda: config.cards(None, {}, Path("/"), place, "c:1", Path("/f")),
    ):
        with pytest.raises(UsageError, match="is no path"):
            look()


def test_an_option_made_of_an_unset_variable_is_refused(tmp_path: Path) -> None:
    for function in (config.home, config.settings_file):
        with pytest.raises(UsageError, match="--home is empty"):
            function("", {})
    with pytest.raises(UsageError, match="--cards is empty"):
        config.cards("", {}, tmp_path)
