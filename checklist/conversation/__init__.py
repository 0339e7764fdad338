"""The conversation of `checklist interview`: what is asked in which words, on either screen.

The script knows only how to tell, to let choose and to let type. Two screens do that: one with
arrow keys, one line by line.
"""
