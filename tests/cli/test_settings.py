"""The user's settings, from their file and from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.cli.settings import LARGEST_FILE, Settings, default_file, keep, load
from tabletop.errors import UsageError
from tests.cli.terminal import run


def _load(text: str | bytes, tmp_path: Path, **environment: str) -> Settings:
    file = tmp_path / "own.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return load({"TABLETOP_SETTINGS": str(file), **environment})


def _faults(text: str | bytes, tmp_path: Path, **environment: str) -> list[str]:
    with pytest.raises(UsageError) as caught:
        _load(text, tmp_path, **environment)
    return str(caught.value).replace(str(tmp_path / "own.toml"), "own.toml").splitlines()


def test_without_a_file_everything_has_its_default() -> None:
    """Nobody needs settings."""
    assert load({}) == Settings()


def test_every_setting_can_be_written_in_the_file(tmp_path: Path) -> None:
    """In TOML, one key each."""
    text = """
    theme = "situation-day"
    plain = true
    reduced_motion = true
    saves = "my saves"
    scenarios = "mine"
    language = "KO"
    name = "Ann"
    adviser = true
    """
    assert _load(text, tmp_path) == Settings(
        theme="situation-day",
        plain=True,
        reduced_motion=True,
        saves=Path("my saves"),
        scenarios=Path("mine"),
        language="ko",
        name="Ann",
        adviser=True,
    )


def test_every_setting_is_an_environment_variable_too(tmp_path: Path) -> None:
    """And goes before the file."""
    environment = {
        "TABLETOP_THEME": "situation-ansi",
        "TABLETOP_PLAIN": "yes",
        "TABLETOP_REDUCED_MOTION": "1",
        "TABLETOP_SAVES": "s",
        "TABLETOP_SCENARIOS": "c",
        "TABLETOP_LANGUAGE": "de",
        "TABLETOP_NAME": "Ben",
        "TABLETOP_ADVISER": "on",
    }
    assert len(environment) == len(Settings.__slots__)
    found = _load('theme = "situation-day"\nname = "Ann"', tmp_path, **environment)
    assert found == Settings(
        theme="situation-ansi",
        plain=True,
        reduced_motion=True,
        saves=Path("s"),
        scenarios=Path("c"),
        language="de",
        name="Ben",
        adviser=True,
    )


@pytest.mark.parametrize(
    "word,means",
    [("1", True), ("TRUE", True), ("on", True), ("no", False), ("0", False), ("", False)],
)
def test_a_switch_in_the_environment_is_a_word(tmp_path: Path, word: str, means: bool) -> None:
    """Any of the usual ones; empty means off."""
    assert _load("", tmp_path, TABLETOP_PLAIN=word).plain is means


def test_a_folder_may_begin_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As shells write it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert _load('saves = "~/games"', tmp_path).saves == tmp_path / "games"


@pytest.mark.parametrize(
    "text,fault",
    [
        ('thme = "x"', "own.toml:1: unknown setting 'thme' (did you mean theme?)"),
        ("# one\n\nplain = 3", "own.toml:3: plain: 3 is neither true nor false"),
        ("theme = 3", "own.toml:1: theme: 3 is not a text in quotes"),
        ('language = "korean"', "own.toml:1: language: 'korean' is not a language such as en or"),
        ("saves = []", "own.toml:1: saves: [] is not a text in quotes"),
        ("[plain]\nx = 1", "own.toml:1: plain: {'x': 1} is neither true nor false"),
        ('plain = true\ntheme = "', "own.toml:2: unterminated string"),
        ("plain = true\nplain = true", "own.toml:2: cannot overwrite a value"),
        ("plain = true\nplain ? true\n", "own.toml:2:7: expected '='"),
        (b"plain = true\n# \xff", "own.toml:2: not UTF-8 text"),
        (b"\x00\x01\x02", "own.toml:1:1: "),
    ],
)
def test_a_fault_names_file_line_and_key(tmp_path: Path, text: str | bytes, fault: str) -> None:
    """One clear line."""
    faults = _faults(text, tmp_path)
    assert len([line for line in faults if line.startswith(fault)]) == 1, faults


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Those of the file and those of the environment."""
    faults = _faults("thme = 1\nplain = 2", tmp_path, TABLETOP_REDUCED_MOTION="maybe")
    assert len(faults) == 3
    assert faults[-1] == "TABLETOP_REDUCED_MOTION: 'maybe' is neither true nor false"


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    """Whoever names one means it."""
    with pytest.raises(UsageError, match="no such file"):
        load({"TABLETOP_SETTINGS": str(tmp_path / "gone.toml")})


def test_a_huge_file_is_no_settings_file(tmp_path: Path) -> None:
    """It is not read to its end."""
    assert "not a settings file" in _faults(b"#" * (LARGEST_FILE + 1), tmp_path)[0]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    """Editors of Windows write one."""
    assert _load(b"\xef\xbb\xbfplain = true\r\n", tmp_path).plain


def test_faults_end_a_command_with_2_and_no_traceback(folder: Path) -> None:
    """Each on a line of stderr."""
    (folder / "settings.toml").write_text("plain = 1\nthme = 2\n")
    result = run("play")
    assert result.code == 2
    assert result.out == ""
    assert len(result.faults) == 2
    assert all(line.startswith(str(folder / "settings.toml")) for line in result.faults)


def test_commands_without_settings_run_whatever_the_file_holds(folder: Path) -> None:
    """Help is needed most when something is wrong."""
    (folder / "settings.toml").write_text("plain = 1\n")
    assert run("--help").code == 0
    assert run("schema").code == 0


def test_a_folder_in_place_of_the_file_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An OSError of a named file is one line too."""
    monkeypatch.setenv("TABLETOP_SETTINGS", str(folder))
    result = run("saves")
    assert (result.code, len(result.faults)) == (2, 1)
    assert result.err.startswith(f"{folder}: ")


def test_a_setting_is_kept_beside_the_others(folder: Path) -> None:
    """Comments and other keys stay as they are."""
    file = folder / "settings.toml"
    file.write_text('# mine\nname = "Ann"\ntheme = "situation-day"\n')
    keep("theme", "situation-contrast")
    keep("reduced_motion", value=True)
    assert "# mine\n" in file.read_text()
    assert load() == Settings(
        theme="situation-contrast", reduced_motion=True, name="Ann", saves=folder / "saves"
    )


def test_a_first_setting_makes_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its folders."""
    monkeypatch.setenv("TABLETOP_SETTINGS", str(folder / "new" / "own.toml"))
    keep("name", 'A "quoted" 이름 \\')
    assert load().name == 'A "quoted" 이름 \\'


def test_a_setting_that_does_not_exist_is_not_kept(folder: Path) -> None:
    """Nothing is written."""
    with pytest.raises(UsageError):
        keep("colour", "red")
    with pytest.raises(UsageError):
        keep("plain", "perhaps")
    assert (folder / "settings.toml").read_text() == ""


def test_the_file_has_its_place_on_every_system() -> None:
    """In the folder that the system keeps for settings."""
    assert default_file().name == "settings.toml"
    assert default_file().parent.name == "tabletop"
