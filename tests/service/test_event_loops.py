"""A service with an event loop: letters are made in threads, and the loop goes on."""

import pytest
from letters import make


def test_many_tasks_make_letters_in_threads_and_the_loop_goes_on(said):
    program = """
        import asyncio, letters

        async def main():
            ticks = 0
            async def tick():
                nonlocal ticks
                while True:
                    await asyncio.sleep(0.01)
                    ticks += 1
            ticking = asyncio.create_task(tick())
            made = await asyncio.gather(*(asyncio.to_thread(letters.make, number % 3 + 1) for number in range(1, 13)))
            ticking.cancel()
            print(*made, sep="\\n")
            print(ticks > 5)

        asyncio.run(main())
    """
    lines = said(program)

    assert lines == [make(number % 3 + 1) for number in range(1, 13)] + ["True"]


def test_a_request_that_is_given_up_costs_the_next_nothing(said):
    program = """
        import asyncio, letters

        async def main():
            try:
                await asyncio.wait_for(asyncio.to_thread(letters.make, 1), 0.001)
            except TimeoutError:
                print("given up")
            print(await asyncio.to_thread(letters.make, 2))

        asyncio.run(main())
    """
    assert said(program) == ["given up", make(2)]


def test_each_task_reads_findings_in_its_own_language(said):
    program = """
        import asyncio, congvan
        from congvan.findings import speaking

        async def ask(language):
            with speaking(language):
                try:
                    await asyncio.to_thread(congvan.to_pdf, b"no docx")
                except congvan.CongvanError as error:
                    await asyncio.sleep(0)
                    return str(error)

        async def main():
            vi, en = await asyncio.gather(ask("vi"), ask("en"))
            print("tệp" in vi, "tệp" in en, "file" in en)

        asyncio.run(main())
    """
    assert said(program) == ["True False True"]


@pytest.mark.parametrize("started_first", [True, False])
def test_a_loop_in_a_thread_of_its_own_makes_letters_too(said, started_first):
    program = f"""
        import asyncio, threading, letters

        if {started_first}:
            letters.make(1)
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever)
        thread.start()
        print(asyncio.run_coroutine_threadsafe(asyncio.to_thread(letters.make, 2), loop).result(120))
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
    """
    assert said(program) == [make(2)]
