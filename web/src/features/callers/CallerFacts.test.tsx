import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Caller } from "@/api/types";
import { setLanguage } from "@/i18n/language";
import { renderPage } from "@/test/render";
import { CallerFacts } from "./CallerFacts";

const CALLER: Caller = {
  called_number: "+2290121300100",
  label: "After-sales",
  language: "fr",
  arrived_at: "2026-11-27T08:00:00.000Z",
  queue_id: "q1",
  queue_name: "Support",
  queued_at: "2026-11-27T08:00:20.000Z",
  waited_seconds: 42,
  way: [
    { node: "hello", title: "Welcome", type: "say", at: "2026-11-27T08:00:00.000Z" },
    { node: "m", title: "Main menu", type: "menu", at: "2026-11-27T08:00:09.000Z" },
    { node: "q", title: "", type: "queue", at: "2026-11-27T08:00:19.000Z" },
    { node: "gone", title: "", type: "", at: "2026-11-27T08:00:20.000Z" },
  ],
  results: { choice: "2" },
  recordings: [],
  outcome: "",
  routing: ["Afi was the only free agent who could take the call."],
};

test("the number, the wait, the way in order and what was noted", () => {
  setLanguage("en");
  renderPage(<CallerFacts caller={CALLER} />);
  expect(screen.getByText(/After-sales/)).toBeDefined();
  expect(screen.getByText("French")).toBeDefined();
  expect(screen.getByText("Support")).toBeDefined();
  expect(screen.getByText("0:42")).toBeDefined();
  const way = screen.getAllByRole("listitem").map((item) => item.textContent);
  const told = ["Welcome", "Main menu", "Queue", "gone"];
  expect(way).toEqual(told.map((one) => expect.stringMatching(new RegExp(`${one}$`))));
  expect(screen.getByText("choice")).toBeDefined();
  expect(screen.queryByText(/only free agent/)).toBeNull();
});

test("whoever looks into the call reads why it went to its agent", () => {
  setLanguage("en");
  renderPage(<CallerFacts caller={{ ...CALLER, waited_seconds: null, results: {} }} why />);
  expect(screen.getByText(/only free agent/)).toBeDefined();
  expect(screen.getByText("Still waits")).toBeDefined();
  expect(screen.queryByText("What the flow noted")).toBeNull();
});

test("who has taken the call reads how long the caller waited before the wait is recorded", () => {
  setLanguage("en");
  const caller = { ...CALLER, waited_seconds: null };
  renderPage(<CallerFacts caller={caller} taken="2026-11-27T08:00:33.400Z" />);
  expect(screen.getByText("0:13")).toBeDefined();
  expect(screen.queryByText("Still waits")).toBeNull();
});

test("what the caller said to the flow can be heard, where the call is known", () => {
  setLanguage("fr");
  const said = {
    recording: "recording-1",
    variable: "nom",
    seconds: 4.5,
    created_at: "2026-11-27T08:00:10.000Z",
  };
  const caller = { ...CALLER, recordings: [said] };
  const { unmount } = renderPage(<CallerFacts caller={caller} attemptId="a1" />);
  expect(screen.getByLabelText("Écouter : nom")).toHaveAttribute(
    "src",
    expect.stringMatching(/\/attempts\/a1\/recordings\/recording-1$/),
  );
  unmount();
  renderPage(<CallerFacts caller={caller} />);
  expect(screen.queryByLabelText("Écouter : nom")).toBeNull();
});
