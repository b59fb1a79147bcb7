"""A wrong environment value ends the start with one line that names it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("DANBAO_DEMO", "perhaps"),
        ("DANBAO_ORIGIN", "shop.example"),
        ("DANBAO_ORIGIN", "https://shop.example:abc"),
        ("DANBAO_ORIGIN", "https://shop.example/danbao"),
        ("DANBAO_HOSTS", ","),
        ("DANBAO_HOSTS", "https://shop.example"),
        ("DANBAO_VAR", "/etc/passwd"),
        ("DANBAO_VAR", "/proc/nowhere"),
        ("DATABASE_URL", "postgres://shop@localhost:abc/shop"),
        ("EMAIL_URL", "smtp://mail.example:abc"),
        ("DATABASE_URL", "mysql://root@localhost/shop"),
        ("REDIS_URL", "http://localhost"),
        ("ALIPAY_PUBLIC_KEY_FILE", "/nowhere/key.pem"),
        ("ALIPAY_PUBLIC_KEY_FILE", "/usr"),
        ("ALIPAY_APP_ID", "9021000000000001"),
        ("DANBAO_LOG_LEVEL", "LOUD"),
    ],
)
def test_a_wrong_value_is_one_clear_line(name, value):
    ended = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=ROOT,
        env={**os.environ, name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert len(ended.stderr.strip().splitlines()) == 1
    assert name in ended.stderr


def test_a_wrong_value_does_not_tell_its_password():
    ended = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": "mysql://shop:wordofgrace@localhost/shop"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "DATABASE_URL" in ended.stderr
    assert "wordofgrace" not in ended.stderr


def test_outside_the_demo_a_secret_key_must_be_given():
    ended = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        cwd=ROOT,
        env={**os.environ, "DANBAO_SECRET_KEY": "", "DANBAO_DEMO": "false"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert "DANBAO_SECRET_KEY" in ended.stderr
