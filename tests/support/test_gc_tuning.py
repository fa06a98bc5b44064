"""When the garbage collector works."""

import gc

import pytest

from congvan.support import gc_tuning


def test_an_error_in_a_phase_without_the_collector_does_not_leave_it_off():
    assert gc.isenabled()
    with pytest.raises(ValueError, match="False"), gc_tuning.paused():
        raise ValueError(gc.isenabled())
    assert gc.isenabled()


def test_a_program_that_has_switched_the_collector_off_keeps_it_off():
    gc.disable()
    try:
        with gc_tuning.paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
