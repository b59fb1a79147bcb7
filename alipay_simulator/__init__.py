"""A gateway that behaves like Alipay's, for demos and integration tests."""
