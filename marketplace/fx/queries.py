"""Rates, and the currency a shopper wants to see."""

from django.http import HttpRequest


def display_currency_of(request: HttpRequest) -> str:
    return "CNY"
