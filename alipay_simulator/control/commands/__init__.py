"""What can be done in the control room, once for its pages, the API and the shell.

A command takes the fields that were asked (texts, numbers, lists) and tells
plain JSON values. It raises what :mod:`..asked` names, and nothing else.
"""
