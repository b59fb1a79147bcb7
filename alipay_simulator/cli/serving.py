"""``serve``: the simulator itself."""

import argparse
import socket

from alipay_simulator.folder import DataFolder, FolderInUse

from . import running


def serve(options: argparse.Namespace) -> int:
    """Make the folder ready and serve it until stopped."""
    folder = DataFolder(options.data)
    folder.prepare()
    try:
        folder.claim()
    except FolderInUse:
        return running.fail(1, f"Another simulator is serving {folder.path}.")
    if not _is_free(options.host, options.port):
        return running.fail(1, f"Port {options.port} of {options.host} is taken.")
    base_url = (
        options.public_url or f"http://{_in_url(options.host)}:{options.port}"
    ).rstrip("/")
    qr_prefix = f"{base_url}/" if options.qr_prefix == "self" else options.qr_prefix
    running.start_django(
        folder,
        SIMULATOR_BASE_URL=base_url,
        SIMULATOR_QR_PREFIX=qr_prefix,
        SIMULATOR_RETRY_SCALE=str(options.retry_scale),
    )
    from alipay_simulator import server

    server.prepare(
        folder,
        seller_name=options.merchant_name,
        seller_name_zh=options.merchant_name_zh or options.merchant_name,
    )
    server.run(options.host, options.port)
    return 0


def _is_free(host: str, port: int) -> bool:
    """Tell whether the port can be had, before ``app.json`` names it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _in_url(host: str) -> str:
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
