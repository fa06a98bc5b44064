"""A clerk at work in a process of their own: ``clerk.py REGISTER NAME LETTERS`` takes a number a letter, one by one."""

import sys
from datetime import date

from congvan.register import NumberRequest, Register

where, name, letters = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Register.open(where) as register:
    for letter in range(letters):
        khoa = f"{name}/{letter}"
        request = NumberRequest(khoa, "pcth", 2021, date(2021, 4, 5), "PCTH-KD", "cong-van", "thử")
        sys.stdout.write(f"{register.reserve([request])[khoa]}\n")
