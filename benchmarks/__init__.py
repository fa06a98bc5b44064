"""How fast congvan makes a province's letters, beside other ways of making the same letters.

``python -m benchmarks.province`` measures and writes ``docs/performance.md``; ``--quick`` is for a working session,
``--only PART`` measures one part alone; ``--help`` lists the parts.

============ ========================================================================================
parts        what is measured: the letters of which shapes, how many, by which ways
shapes       what the letters are made from: campaigns, a clerk's template with a table, documents
ways         every way by name; each runs in a process of its own
congvan_ways congvan from the command line and from Python
other_ways   docxtpl, docx-mailmerge2 and ``soffice``
job          what a way is given and what it measures
measured     the process of a way: wall time, CPU, memory of all its processes, bytes written
quiet_disk   waits while new files take long because many were deleted a moment ago
stages       CPU time of a run by stage
results      all rounds of all cases as JSON, so that a run that was stopped goes on
floors       what a release must reach, and whether it does
page         the results as ``docs/performance.md``
large_book   a campaign beside a book of 100,000 letters, a program of its own
recipients   lists of recipients, a program of its own
============ ========================================================================================
"""
