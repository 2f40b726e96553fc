import type { Page } from "@/api/types";

/** Short lists come whole or as a first page. */
export function itemsOf<T>(answer: T[] | Page<T>): T[] {
  return Array.isArray(answer) ? answer : answer.items;
}
