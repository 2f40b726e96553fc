/**
 * Pictures of pages against the mock server (start it first) with the built bundle, into dev/shots:
 *   node dev/screenshots.mjs [name…] [--quick | --look=phone-dark-en]
 * --quick: French, light and wide only. --look: only this one. A page may name the state the agent's floor is put into.
 */

import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { PAGES } from "./pages.mjs";

const base = process.env.KWABO_SHOT_TARGET ?? "http://127.0.0.1:8100";
const out = fileURLToPath(new URL("./shots/", import.meta.url));
const wanted = process.argv.slice(2).filter((name) => !name.startsWith("--"));
const quick = process.argv.includes("--quick");
mkdirSync(out, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.KWABO_CHROMIUM ?? "/usr/bin/chromium",
  args: (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run " +
    "--disable-background-networking --disable-component-update --disable-sync " +
    "--use-fake-ui-for-media-stream --use-fake-device-for-media-stream"
  ).split(" "),
});
const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const looks = [];
for (const language of quick ? ["fr"] : ["fr", "en"]) {
  for (const scheme of quick ? ["light"] : ["light", "dark"]) {
    for (const size of quick ? ["wide"] : ["wide", "phone"]) looks.push({ language, scheme, size });
  }
}

const asked = process.argv.find((word) => word.startsWith("--look="))?.slice(7);
if (asked) {
  const [size, scheme, language] = asked.split("-");
  looks.splice(0, looks.length, { language, scheme, size });
}

const problems = [];
for (const { language, scheme, size } of looks) {
  const context = await browser.newContext({
    viewport: SIZES[size],
    colorScheme: scheme,
    locale: language === "fr" ? "fr-FR" : "en-GB",
    permissions: ["microphone"],
    deviceScaleFactor: 1,
  });
  for (const one of PAGES) {
    if (wanted.length > 0 && !wanted.includes(one.name)) continue;
    const page = await context.newPage();
    const look = `${one.name}-${size}-${scheme}-${language}`;
    page.on("console", (message) => {
      // A 401 is how the page learns that nobody is signed in.
      if (message.type() === "error" && !message.text().includes("401"))
        problems.push(`${look}: ${message.text()}`);
    });
    page.on("pageerror", (error) => problems.push(`${look}: ${error.message}`));
    page.on("dialog", (dialog) => void dialog.dismiss());
    if (one.scenario) {
      await fetch(`${base}/mock/scenario`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ login: one.login, name: one.scenario }),
      });
    }
    await context.clearCookies();
    if (one.login) {
      const headers = { "X-CSRF-Token": "mock-csrf" };
      await context.request.post(`${base}/api/v1/session`, {
        data: { login: one.login, password: "kwabo" },
        headers,
      });
      await context.request.patch(`${base}/api/v1/session/user`, { data: { language }, headers });
    }
    if (one.onDuty) {
      await page.addInitScript(() => sessionStorage.setItem("kwabo-desk", '{"kind":"webrtc"}'));
    }
    try {
      await page.goto(`${base}${one.path}`);
      await page.waitForSelector(one.ready ?? "h1", { timeout: 8000 });
      await one.act?.(page);
      await page.waitForTimeout(350);
      await page.screenshot({ path: `${out}${look}.png`, fullPage: one.full ?? false });
    } catch (error) {
      problems.push(`${look}: ${error.message}`);
      await page.screenshot({ path: `${out}${look}.png` });
    }
    await page.close();
  }
  await context.close();
}
await browser.close();
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
