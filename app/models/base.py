"""Columns that also say how their value is shown, typed in and printed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Boolean, Integer, MetaData, Text, types
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column

from app.fields.kinds import Kind, Stored
from app.fields.spec import Field, RecordType, Rule

SQL_TYPES: dict[Stored, type[types.TypeEngine[Any]]] = {"text": Text, "integer": Integer, "boolean": Boolean}


OMITTED = "omitted from the log"
"""A column marked so stands in the log by its length only: bytes under a hash, and what is not saved yet."""


def new_uid() -> str:
    """A record's identity for life; no auto-number crosses the wire (exchange.md)."""
    return str(uuid.uuid4())


class Base(DeclarativeBase):
    """Every record has a random UUID."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    uid: Mapped[str] = mapped_column(Text, primary_key=True, default=new_uid, sort_order=-1)


def field(label: str, kind: Kind, section: str = "", **options: Any) -> MappedColumn[Any]:
    """A column with its description; `options` are those of `Field`.

    Required marks are not NOT NULL: an unfinished file must be kept as it is.
    """
    described = Field(name="", label=label, kind=kind, section=section, **options)
    return mapped_column(SQL_TYPES[kind.stored_as], nullable=True, info={"field": described})


def record_type(model: type[Base], title: str, rules: Sequence[Rule] = ()) -> RecordType:
    """The pure description of a mapped class: its fields in the order they are written."""
    columns = [column for column in model.__table__.columns if "field" in column.info]
    fields = [replace(column.info["field"], name=column.key) for column in columns]
    return RecordType(model.__tablename__, title, fields, rules)


def values_of(row: Base, record: RecordType) -> dict[str, Any]:
    """The described values of one row, by field name."""
    return {field.name: getattr(row, field.name) for field in record.fields}
