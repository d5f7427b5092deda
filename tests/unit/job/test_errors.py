import pytest

from practical_dl.job.errors import SettingError, UserError, settings_at


def test_a_wrong_setting_is_told_with_its_place() -> None:
    with (
        pytest.raises(UserError, match=r"^config: images.mine.layer: not there$"),
        settings_at("images.mine"),
    ):
        raise SettingError("layer: not there")


def test_another_mistake_is_told_as_it_is() -> None:
    with pytest.raises(UserError, match=r"^rows.csv: empty$"), settings_at("images.mine"):
        raise UserError("rows.csv: empty")


def test_a_message_is_one_line_and_keeps_the_blanks_of_names() -> None:
    error = UserError("wide\u3000blank, 10\u202fPM, two  blanks:\n  on  the\u2028 next\r\nline\n")
    assert str(error) == "wide\u3000blank, 10\u202fPM, two  blanks: on  the next line"
