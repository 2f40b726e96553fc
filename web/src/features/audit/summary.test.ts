import { expect, test } from "vitest";
import { summary } from "./summary";

test("names, numbers and reasons are told; ids, counts and objects are left to the details", () => {
  const details = {
    texts: { fr: "Le réseau est coupé." },
    reason: "Demande du client",
    number: "+2290197000102",
    version: 3,
    prompt_id: "01a2",
    name: "Oppositions",
  };
  expect(summary(details)).toBe("Oppositions · +2290197000102 · Demande du client");
  expect(summary({ name: "", version: 1 })).toBe("");
});
