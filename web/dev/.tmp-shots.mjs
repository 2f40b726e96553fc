import { chromium } from "playwright-core";

const base = "http://127.0.0.1:8460";
const [login, password, ...names] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});
const pages = {
  week: ["/timetable"],
  sequences: ["/timetable?tab=sequences"],
  history: ["/timetable?tab=history"],
  campaign: [
    "/campaigns",
    async (p) => {
      await p.locator("tbody a").first().click();
      await p.waitForTimeout(900);
    },
  ],
  form: [
    "/campaigns",
    async (p) => {
      await p.locator("tbody a").first().click();
      await p.waitForTimeout(900);
      await p
        .getByRole("button", { name: /horaires|schedule/i })
        .first()
        .click();
      await p.waitForTimeout(600);
    },
  ],
  seqform: [
    "/timetable?tab=sequences",
    async (p) => {
      await p.getByRole("button", { name: /Nouvelle séquence|New sequence/ }).click();
      await p.waitForTimeout(500);
    },
  ],
};
for (const [look, language, scheme, width] of [
  ["fr-light", "fr", "light", 1280],
  ["en-dark", "en", "dark", 390],
]) {
  const ctx = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    locale: language === "fr" ? "fr-FR" : "en-GB",
  });
  const r = await ctx.request.post(`${base}/api/v1/session`, { data: { login, password } });
  const csrf = (await r.json()).csrf_token;
  await ctx.request.patch(`${base}/api/v1/session/user`, {
    data: { language },
    headers: { "X-CSRF-Token": csrf },
  });
  for (const name of names.length ? names : Object.keys(pages)) {
    const [path, act] = pages[name];
    const p = await ctx.newPage();
    p.on("pageerror", (e) => console.log(name, look, e.message));
    await p.goto(base + path);
    await p.waitForTimeout(1200);
    try {
      await act?.(p);
    } catch (e) {
      console.log(name, look, e.message.slice(0, 200));
    }
    await p.screenshot({ path: `/tmp/rules-shots/${name}-${look}.png`, fullPage: true });
    await p.close();
  }
  await ctx.close();
}
await browser.close();
