"""The rules audit of the apparatus: every rule over every date in one pass, on DuckDB or Spark.

`tables` is the contract, `auditing.audit` the way in, `words` the rules and what is said of them. Nothing is imported
here: `auditing` brings Ibis (extra `analysis`), which who only names a rule does not need.
"""
