"""The desk's windows on payments: read only, every story with its reasons."""

from payments.admin import attempts as attempts
from payments.admin import charges as charges
from payments.admin import inbox as inbox
from payments.admin import refunds as refunds
