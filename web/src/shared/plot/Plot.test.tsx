import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { setLanguage } from "@/i18n/language";
import { renderPage } from "@/test/render";
import { Plot } from "./Plot";
import type { Series } from "./series";

const SERIES: Series[] = [
  {
    key: "a",
    name: "Talking",
    shape: "line",
    tone: "good",
    values: [4, null],
    low: [3, null],
    high: [5, null],
  },
  { key: "b", name: "Started", shape: "bars", tone: "accent", values: [2, 0] },
];

function show() {
  setLanguage("en");
  return renderPage(
    <Plot
      label="4 agents talking on average."
      minutes={[480, 485]}
      minuteText={(minute) => `minute ${minute}`}
      minuteName="Time"
      valueText={String}
      series={SERIES}
    />,
  );
}

test("what the plot shows is said, and every value is in the table", async () => {
  show();
  expect(screen.getByRole("img", { name: "4 agents talking on average." })).toBeVisible();
  expect(screen.queryByRole("table")).toBeNull();
  await userEvent.click(screen.getByText("See the values as a table"));
  const rows = (await screen.findAllByRole("row")).map((row) => row.textContent);
  expect(rows).toEqual(["TimeTalkingStarted", "minute 4804 (3 to 5)2", "minute 485–0"]);
});

test("bars without height are not drawn, lines end where values end", () => {
  const { container } = show();
  expect(container.querySelectorAll("rect")).toHaveLength(1);
  const paths = [...container.querySelectorAll("path")].map((path) => path.getAttribute("d"));
  expect(paths).toHaveLength(2);
  expect(paths.every((path) => path !== null && !path.includes("NaN"))).toBe(true);
});
