"""How fast a province's letters are made, next to the other ways of making them.

``python -m benchmarks.province`` measures and writes ``docs/performance.md``; ``--help`` tells what can be chosen.

=========== ==========================================================================================
shapes      letters of one, two and three pages, by the built-in template, to made-up people
ways        one function for each way of making them; each runs in a process of its own
measured    that process: time, CPU, peak memory of all processes it starts, bytes it writes
quiet_disk  waits while new files take long because many were deleted a moment ago
stages      where the time of a default run goes
results     what was measured, kept after every case, so that a run can go on where another stopped
page        the results as ``docs/performance.md``
=========== ==========================================================================================
"""
