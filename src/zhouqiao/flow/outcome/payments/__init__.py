"""Paying: a port to whoever holds the money, and an adapter that speaks in files.

A treasury or bank takes batches and answers later. Every payment bears a key (the grant's name),
every batch its own: sending the same batch twice must pay once, which an adapter owes to its
peer. Answers may come twice; the grant's state takes only the first.
"""

from zhouqiao.flow.outcome.payments.folder import PaymentFolder
from zhouqiao.flow.outcome.payments.memory import PaymentsInMemory
from zhouqiao.flow.outcome.payments.port import Answer, Batch, BatchChanged, Payment, Payments

__all__ = [
    "Answer",
    "Batch",
    "BatchChanged",
    "Payment",
    "PaymentFolder",
    "Payments",
    "PaymentsInMemory",
]
