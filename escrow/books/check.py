"""What a check is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """A rule about the books, and the query that finds where it does not hold.

    :param sql: a ``SELECT`` whose rows say in words what differs; none means well.
        It may join ``unit(currency, minor)``: how many minor units a whole one has.
        More ``WITH`` queries may stand before it, after a comma, or in ``given``
        where several checks share them. A per cent sign is written twice.
    """

    name: str
    rule: str
    sql: str
    given: str = ""
