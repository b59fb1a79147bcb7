"""Loaded by ``-p`` before Django's settings: where the tests keep their state."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Somebody has named a server: it is not the tests' alone. Asked before the settings
# name their own, and told to the other workers.
FOREIGN_SERVER = bool(
    os.environ.setdefault("DANBAO_TEST_SERVER", os.environ.get("DATABASE_URL", ""))
)

os.environ["DANBAO_VAR"] = os.environ.get("DANBAO_TEST_VAR", str(ROOT / "var" / "test"))
# WhiteNoise warns at every client when the folder it would serve is not there.
(Path(os.environ["DANBAO_VAR"]) / "static").mkdir(parents=True, exist_ok=True)
os.environ["DANBAO_SECRET_KEY"] = "of the tests only"
os.environ["DANBAO_DEMO"] = "false"
os.environ["DANBAO_DEBUG"] = "false"
os.environ["DANBAO_ORIGIN"] = "http://testserver"
os.environ["DANBAO_LOG_LEVEL"] = "WARNING"
# No test asks the ECB, and the shipped rates may age.
os.environ["DANBAO_RATES_FETCH"] = "false"
os.environ["DANBAO_FX_MAX_AGE_DAYS"] = "3650"
for name in tuple(os.environ):
    if name.startswith(("ALIPAY_", "SIMULATOR_")):
        del os.environ[name]
