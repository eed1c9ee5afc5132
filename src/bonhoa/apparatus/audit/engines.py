"""Where the expressions run: DuckDB in the process, or Spark when one machine is not enough.

An engine holds the tables under their names and answers an expression with an Arrow table. Ibis only writes the SQL.
"""

from __future__ import annotations

import functools
import glob
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from bonhoa.apparatus.audit.tables import TABLES, arrow_schema, arrow_types
from bonhoa.common.errors import InputError

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa


class Engine(Protocol):
    """What the audit asks of an engine."""

    tables: set[str]

    def run(self, make: Callable[..., ibis.Table], *arguments: Any) -> pa.Table:
        """The rows of the expression `make(*arguments)`; written as SQL once for equal arguments."""

    def put(self, name: str, rows: pa.Table) -> None:
        """Hold `rows` under a name, instead of what was there."""


@functools.cache
def _sql(dialect: str, make: Callable[..., ibis.Table], *arguments: Any) -> tuple[str, pa.Schema]:
    """The SQL of an expression, and the schema that its answer is to have (a sum is wider in DuckDB than in Spark)."""
    import ibis

    expression = make(*arguments)
    types = {column: str(kind).lstrip("!") for column, kind in expression.schema().items()}
    return str(ibis.to_sql(expression, dialect=dialect)), arrow_types(types)


class DuckDB:
    """The engine in this process. `threads`: as many as DuckDB finds cores, if not given."""

    def __init__(self, threads: int | None = None) -> None:
        import duckdb

        self.connection = duckdb.connect(config={"threads": threads} if threads else {})
        self.tables: set[str] = set()

    def run(self, make: Callable[..., ibis.Table], *arguments: Any) -> pa.Table:
        sql, schema = _sql("duckdb", make, *arguments)
        return self.connection.sql(sql).to_arrow_table().cast(schema)

    def put(self, name: str, rows: pa.Table) -> None:
        self.connection.register(name, rows)
        self.tables.add(name)

    def read(self, name: str, path: Path) -> None:
        """Hold a Parquet file, or a folder of its parts, under a name without loading it."""
        parts = glob.escape(str(path)) + ("/*.parquet" if path.is_dir() else "")
        self.connection.read_parquet(parts).create_view(name)
        self.tables.add(name)


class Spark:
    """The engine on a cluster, in a session that the caller made (UTC, see docs/decisions/0009)."""

    def __init__(self, session: Any) -> None:
        self.session = session
        self.tables: set[str] = set()

    def run(self, make: Callable[..., ibis.Table], *arguments: Any) -> pa.Table:
        sql, schema = _sql("pyspark", make, *arguments)
        return self.session.sql(sql).toArrow().cast(schema)

    def put(self, name: str, rows: pa.Table) -> None:
        self.session.createDataFrame(rows).createOrReplaceTempView(name)
        self.tables.add(name)

    def read(self, name: str, path: Path) -> None:
        """Hold a Parquet file or folder under a name without loading it."""
        self.session.read.parquet(str(path)).createOrReplaceTempView(name)
        self.tables.add(name)


def read_folder(engine: DuckDB | Spark, folder: Path) -> None:
    """Let the engine hold every table of the contract that is in `folder` as NAME.parquet; InputError if none is."""
    if not folder.is_dir():
        raise InputError(
            "no_folder",
            f"Không có thư mục {folder}; hãy chỉ thư mục chứa các bảng .parquet.",
            f"There is no folder {folder}; name the folder that holds the .parquet tables.",
        )
    there = {name: path for name in TABLES if (path := folder / f"{name}.parquet").exists()}
    if not there:
        raise InputError(
            "no_tables",
            f"Thư mục {folder} không có bảng nào trong: {', '.join(TABLES)} (đuôi .parquet).",
            f"The folder {folder} has none of the tables {', '.join(TABLES)} (as .parquet).",
        )
    for name, path in there.items():
        check_columns(name, _schema_of(name, path))
        engine.read(name, path)


def hold(engine: Engine, tables: Mapping[str, pa.Table]) -> None:
    """Let the engine hold Arrow tables of the contract."""
    for name, rows in tables.items():
        check_columns(name, rows.schema)
        engine.put(name, rows)


def _schema_of(name: str, path: Path) -> pa.Schema:
    import pyarrow as pa
    import pyarrow.parquet as pq

    parts = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    if not parts:
        raise _unreadable(name, path)
    try:
        return pq.read_schema(parts[0])
    except (OSError, pa.ArrowInvalid) as error:
        raise _unreadable(name, path) from error


def _unreadable(name: str, path: Path) -> InputError:
    return InputError(
        "bad_parquet",
        f"Bảng {name}: {path} không đọc được như tệp Parquet; hãy xuất lại.",
        f"Table {name}: {path} cannot be read as Parquet; export it again.",
    )


def check_columns(name: str, schema: pa.Schema) -> None:
    """Raise InputError if the table lacks a column of the contract or has another type in one."""
    import pyarrow as pa

    def plain(kind: pa.DataType) -> pa.DataType:
        kind = kind.value_type if pa.types.is_dictionary(kind) else kind
        if pa.types.is_integer(kind):
            return pa.int64()
        return pa.string() if pa.types.is_large_string(kind) or pa.types.is_string_view(kind) else kind

    for column in arrow_schema(name):
        if column.name not in schema.names:
            raise InputError(
                "missing_column",
                f"Bảng {name} thiếu cột {column.name}; hãy xuất lại đủ cột.",
                f"Table {name} lacks the column {column.name}; export it again with every column.",
            )
        found = schema.field(column.name).type
        if plain(found) != column.type:
            raise InputError(
                "wrong_type",
                f"Bảng {name}, cột {column.name}: kiểu {found}, cần {column.type}; hãy xuất lại.",
                f"Table {name}, column {column.name}: it is {found}, {column.type} is needed; export it again.",
            )
