"""The methods of the gateway, one module per family.

To add one, write a function that takes a :class:`~.call.Call` and returns the
answer's fields (or, for a page method, where to send the browser), and enter
it in ``registry.py``.
"""
