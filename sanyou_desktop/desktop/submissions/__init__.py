"""汇总 and 上报登记: who owes a report, who handed one in, and what becomes of it."""
