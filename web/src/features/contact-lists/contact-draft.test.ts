import { expect, test } from "vitest";
import type { Contact } from "@/api/types";
import { changeOf, draftOf } from "./contact-draft";

const contact: Contact = {
  contact_id: "c1",
  contact_list_id: "l1",
  external_key: null,
  data: { nom: "Agossou", ville: null },
  numbers: [],
  time_zone: null,
  language: null,
  callable: true,
  uncallable_reason: null,
  version: 4,
  created_at: "2026-11-23T10:00:00.000Z",
  updated_at: "2026-11-23T10:00:00.000Z",
};

test("nothing changed is nothing to send", () => {
  expect(changeOf(contact, draftOf(contact))).toBeNull();
});

test("only the changed columns are sent, with the version", () => {
  const draft = draftOf(contact);
  draft.data.ville = "Parakou";
  expect(changeOf(contact, draft)).toEqual({ version: 4, data: { ville: "Parakou" } });
});

test("a contact made uncallable goes with its reason", () => {
  const draft = { ...draftOf(contact), callable: false, reason: " litige " };
  expect(changeOf(contact, draft)).toEqual({
    version: 4,
    callable: false,
    uncallable_reason: "litige",
  });
});

test("made callable again, an old reason is not sent", () => {
  const marked = { ...contact, callable: false, uncallable_reason: "litige" };
  expect(changeOf(marked, { ...draftOf(marked), callable: true })).toEqual({
    version: 4,
    callable: true,
  });
});
