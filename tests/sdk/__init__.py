"""The official Alipay SDKs and a much-used third one, as foreign clients."""
