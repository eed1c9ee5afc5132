"""The rules audit of the apparatus: every rule over every date in one pass, on DuckDB or Spark.

Needs the extra `analysis` (ibis-framework, duckdb, pyarrow), Spark the extra `spark`.
"""

from bonhoa.apparatus.audit.auditing import Audit, Finding, NotRun, audit
from bonhoa.apparatus.audit.engines import DuckDB, Engine, Spark, hold, read_folder
from bonhoa.apparatus.audit.tables import TABLES, arrow_schema
from bonhoa.apparatus.audit.words import Grade, Rule

__all__ = [
    "TABLES", "Audit", "DuckDB", "Engine", "Finding", "Grade", "NotRun", "Rule", "Spark",
    "arrow_schema", "audit", "hold", "read_folder",
]
