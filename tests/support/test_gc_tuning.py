"""When garbage is looked for."""

import gc

import pytest

from congvan.support import gc_tuning as garbage


def test_what_stops_the_reading_of_a_campaign_does_not_stop_the_looking_for_garbage():
    assert gc.isenabled()
    with pytest.raises(ValueError, match="False"), garbage.not_looking():
        raise ValueError(gc.isenabled())
    assert gc.isenabled()


def test_a_program_that_does_not_look_for_garbage_is_left_its_setting():
    gc.disable()
    try:
        with garbage.not_looking():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
