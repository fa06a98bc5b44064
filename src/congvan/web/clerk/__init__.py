"""The clerk's page: a campaign from its list to its issued letters, in a browser on the clerk's own computer."""

from fastapi import APIRouter

from congvan.web.clerk import book_screens, list_screens, office_screens, run_screens, text_screens

router = APIRouter(include_in_schema=False)
for part in (office_screens, list_screens, text_screens, run_screens, book_screens):
    router.include_router(part.router)

__all__ = ["router"]
