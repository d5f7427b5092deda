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
