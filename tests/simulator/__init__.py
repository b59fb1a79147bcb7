"""The simulator, tested from outside: as a process, over HTTP."""
