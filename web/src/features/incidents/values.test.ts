import { expect, test } from "vitest";
import type { Incident } from "./types";
import { bodyOf, valuesOf } from "./values";

const ZONE = "Africa/Porto-Novo";
const LANGUAGES = ["fr", "fon", "yo"];
const INCIDENT: Incident = {
  incident_id: "i1",
  name: "Coupure",
  service: "Données",
  communes: ["Cotonou", "Ouidah"],
  cells: [],
  prompt: "",
  texts: { fr: "Coupure.", yo: "Ìdádúró." },
  over_texts: {},
  starts_at: "2026-11-27T07:12:34.567Z",
  expected_end: "2026-11-27T12:00:00.000Z",
  state: "declared",
  heard: 3,
  notices: { asked: 0, waiting: 0, sent: 0, failed: 0 },
  version: 4,
};

test("a form that nobody has touched changes nothing", () => {
  const body = bodyOf(valuesOf(INCIDENT, ZONE, LANGUAGES), INCIDENT, ZONE);
  expect(body).toEqual({
    name: "Coupure",
    service: "Données",
    communes: ["Cotonou", "Ouidah"],
    cells: [],
    prompt: "",
    texts: { fr: "Coupure.", yo: "Ìdádúró." },
    over_texts: {},
    expected_end: "2026-11-27T12:00:00.000Z",
    version: 4,
  });
});

test("the organisation's clock is that of the form", () => {
  const values = valuesOf(INCIDENT, ZONE, LANGUAGES);
  expect(values.expected_end).toBe("2026-11-27T13:00");
  const later = bodyOf({ ...values, starts_at: "2026-11-27T09:30" }, INCIDENT, ZONE);
  expect(later).toHaveProperty("starts_at", "2026-11-27T08:30:00.000Z");
});

test("a new incident begins now, and has the places that are named", () => {
  const values = {
    ...valuesOf(null, ZONE, LANGUAGES),
    name: "Panne",
    communes: " Abomey ,, Bohicon,",
  };
  const body = bodyOf(values, null, ZONE);
  expect(body).not.toHaveProperty("starts_at");
  expect(body).not.toHaveProperty("version");
  expect(body.communes).toEqual(["Abomey", "Bohicon"]);
  expect(body.texts).toEqual({});
});

test("a prompt takes the place of the words, and words that of a prompt", () => {
  const values = valuesOf(INCIDENT, ZONE, LANGUAGES);
  const said = bodyOf({ ...values, announced: "prompt", prompt: "panne" }, INCIDENT, ZONE);
  expect(said).toMatchObject({ prompt: "panne", texts: {} });
  const recorded = { ...INCIDENT, prompt: "panne", texts: {} };
  const back = valuesOf(recorded, ZONE, LANGUAGES);
  expect(back.announced).toBe("prompt");
  const words = { ...back, announced: "words" as const, texts: { ...back.texts, fon: "Wa." } };
  expect(bodyOf(words, recorded, ZONE)).toMatchObject({ prompt: "", texts: { fon: "Wa." } });
});

test("a notice of one's own is there while it is wanted", () => {
  const values = valuesOf({ ...INCIDENT, over_texts: { fon: "Vɔ." } }, ZONE, LANGUAGES);
  expect(values.own_notice).toBe(true);
  expect(bodyOf(values, INCIDENT, ZONE).over_texts).toEqual({ fon: "Vɔ." });
  expect(bodyOf({ ...values, own_notice: false }, INCIDENT, ZONE).over_texts).toEqual({});
});
