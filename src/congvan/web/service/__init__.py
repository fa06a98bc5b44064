"""The paths that other programs call."""

from fastapi import APIRouter

from congvan.web.service import book, letters, reading, tables

router = APIRouter(prefix="/api")
for part in (letters, tables, reading, book):
    router.include_router(part.router)

__all__ = ["router"]
