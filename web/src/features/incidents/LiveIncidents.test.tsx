import { screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { setLanguage } from "@/i18n/language";
import { renderPage } from "@/test/render";
import { LiveIncidents } from "./LiveIncidents";

vi.mock("@/shared/TextLink", () => ({
  TextLink: ({ children }: { children: React.ReactNode }) => <span>{children}</span>,
}));

const page = (items: object[]) => ({ items, next_page_token: null, total: items.length });

function answers(byPath: Record<string, object[]>) {
  vi.stubGlobal("fetch", async (url: string) => {
    const found = Object.entries(byPath).find(([path]) => String(url).includes(path));
    return new Response(JSON.stringify(page(found?.[1] ?? [])), {
      status: 200,
      headers: { "Content-Type": "application/json" },
    });
  });
}

afterEach(() => vi.unstubAllGlobals());

test("an emergency with its reason, and what is out of order", async () => {
  setLanguage("en");
  answers({
    "/emergencies": [
      {
        emergency_id: "e1",
        schedule_group_id: null,
        schedule_group_name: null,
        reason: "Fire in the house",
        started_by_name: "Awa",
        until: "2026-11-27T12:00:00.000Z",
      },
    ],
    "/incidents": [{ incident_id: "i1", name: "No network in Abomey", heard: 12 }],
  });
  renderPage(<LiveIncidents />);
  expect(await screen.findByText("Emergency: all opening hours")).toBeDefined();
  expect(screen.getByText(/Fire in the house/)).toBeDefined();
  expect(await screen.findByText("No network in Abomey")).toBeDefined();
  expect(screen.getByText("Calls that heard it: 12")).toBeDefined();
});

test("nothing stands there while all is well", async () => {
  setLanguage("en");
  answers({});
  const { container } = renderPage(<LiveIncidents />);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(container.querySelector("section, h2")).toBeNull();
});
