"""Lists: iterate over them, and the pages are fetched as they are needed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """A part of a list."""

    items: list[T]
    next_page_token: str | None  # None: nothing follows
    total: int | None  # of the whole list, where the server knows it cheaply

    @classmethod
    def of(cls, answer: Any) -> Page[T]:
        """The page in an answer."""
        return cls(
            items=answer["items"],
            next_page_token=answer.get("next_page_token"),
            total=answer.get("total"),
        )


class Pages(Generic[T]):
    """A list: `for item in …`, `.first()`, `.all()` or `.pages()`."""

    def __init__(self, fetch: Callable[[str | None], Any]) -> None:
        self._fetch = fetch  # page token → answer

    def pages(self, page_token: str | None = None) -> Iterator[Page[T]]:
        """Page by page, from the token on."""
        while True:
            page: Page[T] = Page.of(self._fetch(page_token))
            yield page
            page_token = page.next_page_token
            if page_token is None:
                return

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.items

    def first(self) -> Page[T]:
        """Only the first page."""
        return next(self.pages())

    def all(self) -> list[T]:
        """Everything, in memory."""
        return list(self)


class AsyncPages(Generic[T]):
    """A list: `async for item in …`, `await ….first()`, `await ….all()` or `.pages()`."""

    def __init__(self, fetch: Callable[[str | None], Awaitable[Any]]) -> None:
        self._fetch = fetch

    async def pages(self, page_token: str | None = None) -> AsyncIterator[Page[T]]:
        """Page by page, from the token on."""
        while True:
            page: Page[T] = Page.of(await self._fetch(page_token))
            yield page
            page_token = page.next_page_token
            if page_token is None:
                return

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.items:
                yield item

    async def first(self) -> Page[T]:
        """Only the first page."""
        page: Page[T] = Page.of(await self._fetch(None))
        return page

    async def all(self) -> list[T]:
        """Everything, in memory."""
        return [item async for item in self]
