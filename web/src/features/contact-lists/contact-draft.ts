/** A contact being edited, and the smallest PATCH that says what was changed. */

import type { Contact } from "@/api/types";

export interface ContactDraft {
  data: Record<string, string>;
  callable: boolean;
  reason: string;
}

export interface ContactChange {
  version: number;
  data?: Record<string, string>;
  callable?: boolean;
  uncallable_reason?: string;
}

export function draftOf(contact: Contact): ContactDraft {
  const data = Object.fromEntries(
    Object.entries(contact.data).map(([name, value]) => [name, value ?? ""]),
  );
  return { data, callable: contact.callable, reason: contact.uncallable_reason ?? "" };
}

/** null: nothing was changed. */
export function changeOf(contact: Contact, draft: ContactDraft): ContactChange | null {
  const data = Object.fromEntries(
    Object.entries(draft.data).filter(([name, value]) => value !== (contact.data[name] ?? "")),
  );
  const change: ContactChange = { version: contact.version };
  if (Object.keys(data).length > 0) change.data = data;
  if (draft.callable !== contact.callable) change.callable = draft.callable;
  const reason = draft.reason.trim();
  if (!draft.callable && reason !== (contact.uncallable_reason ?? "")) {
    change.uncallable_reason = reason;
  }
  return Object.keys(change).length > 1 ? change : null;
}
