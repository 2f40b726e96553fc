import { expect, test } from "vitest";
import { newPassword } from "./password";
import { beyondRole, ofRole, suggestedLogin } from "./user-form";

const ROLES = [
  { role: "agent" as const, permissions: ["agent.desktop" as const] },
  { role: "supervisor" as const, permissions: ["live.read" as const, "dnc.write" as const] },
];

test("what the role gives is not granted again", () => {
  const values = {
    role: "supervisor" as const,
    permissions: ["live.read" as const, "agent.desktop" as const],
  };
  expect(beyondRole(values, ROLES)).toEqual(["agent.desktop"]);
  expect(beyondRole({ ...values, role: "administrator" }, ROLES)).toEqual([
    "live.read",
    "agent.desktop",
  ]);
  expect([...ofRole(ROLES, "agent")]).toEqual(["agent.desktop"]);
});

test.each([
  ["Afi Dossou", "afi.dossou"],
  ["  Inès  D’Almeida ", "ines.d.almeida"],
  ["", ""],
])("%s begins with the login %s", (name, login) => {
  expect(suggestedLogin(name)).toBe(login);
});

test("passwords are long enough, readable and not the same", () => {
  const made = Array.from({ length: 50 }, newPassword);
  for (const password of made)
    expect(password).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
  expect(new Set(made).size).toBe(made.length);
});
