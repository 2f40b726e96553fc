import { expect, test } from "vitest";
import type { Permission } from "@/api/types";
import { mayOpen } from "./access";

const AGENT: Permission[] = ["agent.desktop"];
const SUPERVISOR: Permission[] = [
  "campaigns.read",
  "contacts.read",
  "contacts.write",
  "users.read",
];

test("an agent opens the desk, and the first page, which leads there", () => {
  expect(mayOpen("/desk", AGENT)).toBe(true);
  expect(mayOpen("/", AGENT)).toBe(true);
  for (const page of ["/campaigns", "/contacts/c1", "/attempts/a1/proof", "/settings/retention"]) {
    expect(mayOpen(page, AGENT)).toBe(false);
  }
});

test("who reads campaigns sees one, but not the forms that make or change it", () => {
  expect(mayOpen("/campaigns/c1", SUPERVISOR)).toBe(true);
  expect(mayOpen("/campaigns/new", SUPERVISOR)).toBe(false);
  expect(mayOpen("/campaigns/c1/edit", SUPERVISOR)).toBe(false);
  expect(mayOpen("/campaigns/c1/edit", [...SUPERVISOR, "campaigns.write"])).toBe(true);
  expect(mayOpen("/contact-lists/l1/columns", SUPERVISOR)).toBe(true);
  expect(mayOpen("/contact-lists/l1/edit", SUPERVISOR)).toBe(false);
});

test("an address that no page has is left to the router", () => {
  expect(mayOpen("/nowhere", AGENT)).toBe(true);
});
