"""Statements: the zip files of ``alipay.data.dataservice.bill.downloadurl.query``.

Written out of the tables while they are being downloaded, a batch of rows at a
time, so that a big one needs no more memory than a small one.
"""
