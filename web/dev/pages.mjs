/**
 * What screenshots.mjs takes: {name, login, path, scenario?, ready?, act?, full?}. `ready` is the
 * selector that says the page is there, `act(page)` brings it into the state worth seeing.
 */

import { ADMIN_PAGES } from "./pages-admin.mjs";

const onDuty = (name, scenario, rest = {}) => ({
  name: `desk-${name}`,
  login: "afi",
  path: "/desk",
  scenario,
  onDuty: true,
  ready: "section[aria-label] [role=timer]",
  act: (page) => page.waitForTimeout(1600),
  ...rest,
});
const chooseCode = (digit) => async (page) => {
  await page.waitForTimeout(1500);
  await page.keyboard.press(`Alt+${digit}`);
};

export const PAGES = [
  { name: "login", path: "/" },
  ...ADMIN_PAGES,
  {
    name: "desk-start",
    login: "afi",
    path: "/desk",
    scenario: "signed_out",
    act: (page) => page.waitForTimeout(1500),
  },
  onDuty("paused", "paused"),
  onDuty("ready", "ready"),
  onDuty("fetch", "fetch"),
  onDuty("preview", "preview"),
  onDuty("dialling", "dialling"),
  onDuty("call", "on_call", { full: true }),
  onDuty("consult", "consult"),
  onDuty("after", "after_call", { act: chooseCode(1) }),
  onDuty("callback", "after_call", {
    act: async (page) => {
      await chooseCode(2)(page);
      await page.keyboard.press("Control+Enter");
    },
  }),
  onDuty("lost", "lost"),
  onDuty("transfer", "on_call", {
    act: async (page) => {
      await page.waitForTimeout(1200);
      await page.keyboard.press("Alt+t");
      await page.waitForTimeout(500);
    },
  }),
  onDuty("keypad", "on_call", {
    act: async (page) => {
      await page.waitForTimeout(1200);
      await page.keyboard.press("Alt+k");
      await page.waitForTimeout(400);
      await page.keyboard.type("12#");
    },
  }),
  onDuty("help", "ready", {
    act: async (page) => {
      await page.waitForTimeout(1200);
      await page.keyboard.press("?");
    },
  }),
];
