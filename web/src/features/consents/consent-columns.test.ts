import { expect, test } from "vitest";
import {
  consentPart,
  consentProblems,
  guessedConsent,
  NO_CONSENT,
  withRole,
} from "./consent-columns";

test("nothing is asked of an import without consents", () => {
  expect(consentProblems(null)).toEqual([]);
  expect(consentPart(null, ["a"])).toEqual({});
});

test("a statement needs its date and how it was given", () => {
  expect(consentProblems(NO_CONSENT)).toEqual(["NO_STATEMENT"]);
  const given = withRole(NO_CONSENT, "given", "accord");
  expect(consentProblems(given)).toEqual(["NO_DATE", "NO_HOW"]);
  const dated = withRole({ ...given, how: "paper" }, "at", "date");
  expect(consentProblems(dated)).toEqual([]);
  expect(consentProblems({ ...dated, purpose: " " })).toEqual(["NO_PURPOSE"]);
});

test("a file of withdrawals needs no more than their date", () => {
  expect(consentProblems(withRole(NO_CONSENT, "withdrawn_at", "retrait"))).toEqual([]);
});

test("columns that the file lacks are left out, and one can be taken back", () => {
  const both = withRole(withRole(NO_CONSENT, "given", "accord"), "at", "gone");
  expect(consentPart(both, ["accord"]).consent?.columns).toEqual({ given: "accord" });
  expect(consentPart(both, null).consent?.columns).toEqual({ given: "accord", at: "gone" });
  expect(withRole(both, "given", null).columns).toEqual({ at: "gone" });
});

test("columns that speak of consent are found by their names", () => {
  const header = ["Nom", "Date", "Accord démarchage", "Date accord", "Source accord"];
  expect(guessedConsent(header)).toEqual({
    ...NO_CONSENT,
    columns: { given: "Accord démarchage", at: "Date accord", how: "Source accord" },
  });
  expect(guessedConsent(["opt-in", "consent given at", "withdrawal"]).columns).toEqual({
    given: "opt-in",
    at: "consent given at",
  });
  expect(guessedConsent(["Nom", "Tél"]).columns).toEqual({});
});
