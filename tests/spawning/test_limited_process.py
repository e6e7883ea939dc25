"""Calls in another process end within their limits, and leave this one able to go on."""

from __future__ import annotations

import os

import pytest

from liulin_gazette.spawning.limited_process import Limit, LimitedProcess, LimitError, Limits
from liulin_gazette.text.editor_error import EditorError

LIMITS = Limits(seconds=1, memory=512 * 1024 * 1024)
on_unix = pytest.mark.skipif(os.name == "nt", reason="Windows limits neither memory nor processor time")


def own_number() -> int:
    return os.getpid()


def add(first: int, second: int) -> int:
    return first + second


def spin() -> None:
    while True:
        pass


def take(size: int) -> int:
    return len(bytearray(size))


def hide_want_of_memory() -> None:
    try:
        bytearray(600 * 1024 * 1024)
    except MemoryError:
        _kept = bytearray(300 * 1024 * 1024)
        raise ValueError("damaged") from None


def fail() -> None:
    raise EditorError("读不出来", "重试。")


def take_much_and_fail(error: type[Exception]) -> None:
    _taken = bytearray(300 * 1024 * 1024)
    raise error("太大")


def take_much_and_call_it_damage() -> None:
    _taken = bytearray(300 * 1024 * 1024)
    raise EditorError("已损坏") from ValueError("library")


def give_what_cannot_be_sent() -> object:
    return lambda: 1


def leave() -> None:
    os._exit(3)


def test_one_process_answers_all_calls() -> None:
    with LimitedProcess(LIMITS) as process:
        numbers = {process.call(own_number) for _ in range(3)}
        assert len(numbers) == 1 and os.getpid() not in numbers
        assert process.call(add, 2, 3) == 5
        with pytest.raises(EditorError) as raised:
            process.call(fail)
        assert raised.value.told == "读不出来重试。" and "in fail" in str(raised.value.__cause__)
        assert {process.call(own_number)} == numbers


def test_a_result_that_cannot_be_sent_is_an_error_here(capfd: pytest.CaptureFixture[str]) -> None:
    with LimitedProcess(LIMITS) as process:
        number = process.call(own_number)
        with pytest.raises(Exception, match="lambda"):
            process.call(give_what_cannot_be_sent)
        assert process.call(own_number) == number
    assert capfd.readouterr().err == ""


@on_unix
def test_only_a_call_that_took_much_memory_is_short_of_it() -> None:
    with LimitedProcess(LIMITS, (EditorError,)) as process:
        with pytest.raises(EditorError):
            process.call(take_much_and_fail, EditorError)
        with pytest.raises(ValueError, match="int"):
            process.call(int, "x")
    with LimitedProcess(LIMITS) as process, pytest.raises(LimitError) as beyond:
        process.call(take_much_and_fail, ValueError)
    assert beyond.value.limit is Limit.MEMORY
    with LimitedProcess(LIMITS, (EditorError,)) as process, pytest.raises(LimitError):
        process.call(take_much_and_call_it_damage)


@on_unix
def test_a_call_beyond_its_limits_ends_and_the_next_one_is_answered() -> None:
    with LimitedProcess(LIMITS) as process:
        for limit, work, arguments in (
            (Limit.TIME, spin, ()),
            (Limit.MEMORY, take, (1 << 30,)),
            (Limit.MEMORY, hide_want_of_memory, ()),
            (Limit.CRASH, leave, ()),
        ):
            with pytest.raises(LimitError) as beyond:
                process.call(work, *arguments)
            assert beyond.value.limit is limit
            assert process.call(add, 2, 3) == 5
