"""What an exchange costs: the model of docs/exchange.md beside measurements, and drawn.

    exchange_costs.py measured.jsonl ...        a table of measurements and predictions
    exchange_costs.py --svg docs/exchange.svg   8 to 512 executors, by the model alone

Measurements are lines that sparkrnn.exchange.ExchangeCosts prints; of a case that is there several
times the median is taken. Needs nothing but Python.
"""
