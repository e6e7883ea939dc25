"""A gazette of another county, and another version of the program for one."""
