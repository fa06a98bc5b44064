"""A clerk at work in a process of their own: ``clerk.py REGISTER NAME LETTERS`` takes a number a letter.

They take them one by one and several at a time in turn, as letters and campaigns come up in an office.
"""

import sys
from datetime import date
from itertools import cycle, islice

from congvan.register import NumberRequest, Register

where, name, letters = sys.argv[1], sys.argv[2], int(sys.argv[3])
waiting = [
    NumberRequest(f"{name}/{letter}", "pcth", 2021, date(2021, 4, 5), "PCTH-KD", "cong-van", "thử")
    for letter in range(letters)
]
with Register.open(where) as register:
    pile = iter(waiting)
    for size in cycle((1, 1, 2, 5, 16)):
        run = list(islice(pile, size))
        if not run:
            break
        numbers = register.reserve(run)
        for request in run:
            sys.stdout.write(f"{numbers[request.khoa]}\n")
