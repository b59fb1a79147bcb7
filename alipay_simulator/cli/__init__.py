"""The commands of ``python -m alipay_simulator``."""

import sys

from . import acting, parser, serving, state


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return its exit status.

    0: done. 1: refused, nothing changed. 2: unknown, or it makes no sense.
    """
    options = parser.build().parse_args(arguments)
    try:
        if options.command == "serve":
            return serving.serve(options)
        if options.command in state.COMMANDS:
            return state.COMMANDS[options.command](options)
        return acting.run(options)
    except BrokenPipeError:
        # Whoever read the list has seen enough; nothing may be flushed after him.
        sys.stderr.close()
        return 0


__all__ = ["main"]
