"""What the program is made from: locked packages, their licences, known vulnerabilities, the bill of materials.

For those who maintain the program: nothing here is part of it, and no county has it. ``python3 -m supply`` writes
what is derived from the locks; tests say when that has to be done.
"""
