import { expect, it } from "vitest";
import { inWords } from "./in-words";

it("what was done has its name; what has none stays as it is", () => {
  const words = { "webhook.created": "Webhook créé" };
  const event = {
    message: "Ada a changé un réglage (webhook.created).",
    params: { action: "webhook.created" },
  };
  expect(inWords(event, words)).toBe("Ada a changé un réglage (Webhook créé).");
  expect(inWords(event, {})).toBe(event.message);
  expect(inWords({ ...event, params: {} }, words)).toBe(event.message);
});

it("why something failed is said in words", () => {
  const event = { message: "Le webhook échoue (GONE).", params: { reason: "GONE" } };
  expect(inWords(event, { GONE: "il ne veut plus rien" })).toBe(
    "Le webhook échoue (il ne veut plus rien).",
  );
});
