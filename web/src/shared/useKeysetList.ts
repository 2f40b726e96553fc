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
  previous: () => void;
  next: () => void;
  refetch: () => void;
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
  const result = useQuery({
    queryKey: [...key, path, query, limit, token ?? null],
    queryFn: ({ signal }) =>
      api.get<Page<T>>(path, { query: { ...query, limit, page_token: token }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: options.refetchInterval ?? false,
    enabled: options.enabled ?? true,
  });
  const nextToken = result.data?.next_page_token ?? null;
  return {
    items: result.data?.items ?? [],
    total: result.data?.total ?? null,
    offset: tokens.length * limit,
    isPending: result.isPending,
    isFetching: result.isFetching,
    error: result.error,
    hasPrevious: tokens.length > 0,
    hasNext: nextToken !== null,
    previous: () => setTokens((kept) => kept.slice(0, -1)),
    next: () => {
      if (nextToken !== null) setTokens((kept) => [...kept, nextToken]);
    },
    refetch: () => void result.refetch(),
  };
}
