/**
 * A list of the API, page by page: `useKeysetList<User>(["users"], "/users", { search })`. Knows the
 * way back because it keeps the tokens of the pages it came through. Another query starts anew.
 */

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, type Query } from "@/api/client";
import type { Page } from "@/api/types";

export interface KeysetList<T> {
  items: T[];
  total: number | null;
  /** Index of the first row shown, from 0. */
  offset: number;
  isPending: boolean;
  isFetching: boolean;
  error: unknown;
  hasPrevious: boolean;
  hasNext: boolean;
  /** How many of the list have been looked at, while a search goes on through a long list. */
  lookedAt: number | null;
  previous: () => void;
  next: () => void;
  refetch: () => void;
}

/** What a search has found so far that still goes on. */
interface Part<T> {
  asked: string;
  items: T[];
  lookedAt: number;
}

export function useKeysetList<T>(
  key: readonly unknown[],
  path: string,
  query: Query = {},
  options: { limit?: number; refetchInterval?: number | false; enabled?: boolean } = {},
): KeysetList<T> {
  const limit = options.limit ?? 50;
  const [tokens, setTokens] = useState<string[]>([]);
  const filter = JSON.stringify([path, query]);
  const shown = useRef(filter);
  useEffect(() => {
    if (shown.current === filter) return;
    shown.current = filter;
    setTokens([]);
  }, [filter]);

  const token = shown.current === filter ? tokens.at(-1) : undefined;
  const [part, setPart] = useState<Part<T> | null>(null);
  const asked = JSON.stringify([filter, token ?? null]);
  const result = useQuery({
    queryKey: [...key, path, query, limit, token ?? null],
    queryFn: async ({ signal }) => {
      const ask = (page_token: string | undefined, most: number) =>
        api.get<Page<T> & { looked_at?: number | null }>(path, {
          query: { ...query, limit: most, page_token },
          signal,
        });
      let page = await ask(token, limit);
      // A search in a long list answers before it has looked at all of it: the page goes on with it.
      while (page.looked_at != null && page.next_page_token && page.items.length < limit) {
        const { items } = page;
        setPart({ asked, items, lookedAt: page.looked_at });
        const more = await ask(page.next_page_token, limit - items.length);
        page = { ...more, items: [...items, ...more.items] };
        if (token === undefined && !more.next_page_token) page.total = page.items.length;
      }
      setPart(null);
      return page;
    },
    placeholderData: keepPreviousData,
    refetchInterval: options.refetchInterval ?? false,
    enabled: options.enabled ?? true,
  });
  const going = part !== null && part.asked === asked && result.isFetching ? part : null;
  const nextToken = result.data?.next_page_token ?? null;
  return {
    items: going?.items ?? result.data?.items ?? [],
    total: result.data?.total ?? null,
    offset: tokens.length * limit,
    isPending: result.isPending && !(going && going.items.length > 0),
    isFetching: result.isFetching,
    error: result.error,
    lookedAt: going?.lookedAt ?? null,
    hasPrevious: tokens.length > 0,
    hasNext: nextToken !== null,
    previous: () => setTokens((kept) => kept.slice(0, -1)),
    next: () => {
      if (nextToken !== null) setTokens((kept) => [...kept, nextToken]);
    },
    refetch: () => void result.refetch(),
  };
}
