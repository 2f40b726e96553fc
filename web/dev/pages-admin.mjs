/** Pages of supervisors and administrators, for screenshots.mjs. */

const admin = (name, path, act, rest = {}) => ({
  name,
  login: "admin",
  path,
  full: true,
  act: async (page) => {
    await page.waitForTimeout(700);
    await act?.(page);
    await page.waitForTimeout(400);
  },
  ...rest,
});
const first =
  (index = 0) =>
  async (page) => {
    await page.locator("tbody tr").nth(index).click();
    await page.waitForTimeout(900);
  };
const then =
  (...steps) =>
  async (page) => {
    for (const step of steps) {
      await step(page);
      await page.waitForTimeout(500);
    }
  };
const tab = (name) => (page) => page.locator(`[role=tab][id$="-tab-${name}"]`).click();
const listed = (name) => (page) =>
  page.locator("button[aria-pressed]", { hasText: name }).first().click();
const link = (href) => (page) => page.locator(`a[href*="${href}"]`).first().click();
const addButton = (page) => page.locator("header button").last().click();
const csv = (page) =>
  page.locator("input[type=file]").setInputFiles({
    name: "clients_novembre.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("nom;prenom;mobile;ville\nAgossou;Sena;97123456;Cotonou\n"),
  });

const whyListed = async (page) => {
  await page.locator("form input").first().fill("01 97 12 34 56");
  await page.locator("form button[type=submit]").first().click();
};
const tryProvider = async (page) => {
  await page.locator("form input").last().fill("97 12 34 56");
  await page.locator("form button[type=submit]").last().click();
};
const newProvider = async (page) => {
  await page.locator("[role=dialog] input[type=radio]").last().check();
};
const uploadFile = async (page) => {
  await page.getByRole("button", { name: /Envoyer un fichier|Upload a file/ }).click();
  await csv(page);
};

export const ADMIN_PAGES = [
  { name: "incidents", login: "admin", path: "/incidents", full: true },
  {
    name: "incident-new",
    login: "admin",
    path: "/incidents",
    act: async (page) => {
      await page.getByRole("button", { name: /Déclarer un incident|Declare an incident/ }).click();
      await page.waitForTimeout(500);
    },
  },
  { name: "messages", login: "awa", path: "/messages" },
  { name: "sandbox", login: "awa", path: "/sandbox" },
  { name: "flows", login: "awa", path: "/flows" },
  {
    name: "flow",
    login: "awa",
    path: "/flows",
    act: async (page) => {
      await page.getByRole("link", { name: "Service client" }).click();
      await page.waitForTimeout(1800);
      const menu = page.getByText("Menu principal").first();
      await menu.click();
      await page.waitForTimeout(500);
    },
  },
  {
    name: "flow-try",
    login: "awa",
    path: "/flows",
    act: async (page) => {
      await page.getByRole("link", { name: "Service client" }).click();
      await page.waitForTimeout(1200);
      await page.getByText(/^(Essayer|Try it)$/).click();
      await page.getByRole("button", { name: /^(Commencer|Begin)$/ }).click();
      await page.waitForTimeout(500);
      await page.getByRole("button", { name: "1", exact: true }).click();
      await page.waitForTimeout(500);
    },
  },
  {
    name: "flow-versions",
    login: "awa",
    path: "/flows",
    act: async (page) => {
      await page.getByRole("link", { name: "Service client" }).click();
      await page.getByRole("tab", { name: "Versions" }).click();
      await page.waitForTimeout(500);
      await page.getByText("Version 1").first().click();
    },
  },
  admin("callbacks", "/callbacks"),
  admin("voicemails", "/voicemails"),
  admin("callbacks-reschedule", "/callbacks", async (page) => {
    await page.locator("tbody tr button").first().click();
    await page.waitForTimeout(400);
    await page.locator("[role=menuitem]").nth(1).click();
  }),
  admin("live", "/live", undefined, { full: false }),
  admin("live-long", "/live"),
  admin(
    "live-pace",
    "/live",
    (page) =>
      page
        .getByRole("button", { name: /cadence|pace/ })
        .first()
        .click(),
    { full: false },
  ),
  admin("live-queue", "/live", (page) => page.locator("a[href^='/live/queues/']").first().click()),
  admin("live-wall", "/live?wall=true", undefined, { full: false, ready: "time" }),
  admin("campaigns", "/campaigns"),
  admin("campaign", "/campaigns", first()),
  admin(
    "campaign-stop",
    "/campaigns",
    then(first(), (page) => page.getByRole("button", { name: /urgen|Emergency/ }).click()),
    { full: false },
  ),
  admin("campaign-contacts", "/campaigns", then(first(), tab("contacts"))),
  admin("campaign-explain", "/campaigns", then(first(), tab("contacts"), first(1)), {
    full: false,
  }),
  admin("campaign-attempts", "/campaigns", then(first(), tab("attempts"))),
  admin("campaign-attempt", "/campaigns", then(first(), tab("attempts"), first()), { full: false }),
  admin("campaign-message", "/campaigns", then(first(), tab("attempts"), first(3)), {
    full: false,
  }),
  admin("campaign-diagnosis", "/campaigns", then(first(), tab("diagnosis"))),
  admin("campaign-pacing", "/campaigns", then(first(), tab("pacing"))),
  admin("campaign-pacing-preview", "/campaigns", then(first(1), tab("pacing")), { full: false }),
  admin(
    "campaign-pacing-table",
    "/campaigns",
    then(first(), tab("pacing"), (page) => page.locator("details summary").first().click()),
  ),
  admin("campaign-what-if", "/campaigns", then(first(), tab("what-ifs"))),
  admin("campaign-what-if-running", "/campaigns", (page) =>
    then(
      first(),
      tab("what-ifs"),
      (p) => p.locator("form button[type=submit]").click(),
      (p) => p.waitForTimeout(1800),
    )(page),
  ),
  admin(
    "campaign-what-if-replay",
    "/campaigns",
    then(first(), tab("what-ifs"), listed(/rejoué|again/)),
  ),
  admin(
    "campaign-what-if-failed",
    "/campaigns",
    then(
      first(),
      tab("what-ifs"),
      listed(/Échouée|Failed/),
      (page) => page.locator("label", { hasText: /Rejouer|Play a day/ }).click(),
      (page) => page.locator("form [role=switch]").click(),
    ),
    { full: false },
  ),
  admin("campaign-what-if-empty", "/campaigns", then(first(2), tab("what-ifs")), { full: false }),
  admin("campaign-edit", "/campaigns", then(first(), link("/edit"))),
  admin("campaign-predictive", "/campaigns/new", (page) =>
    page.getByRole("radio", { name: /Prédictif|Predictive/ }).click(),
  ),
  admin("campaign-new", "/campaigns/new", (page) =>
    page.locator("form button[type=submit]").click(),
  ),
  admin("contact-lists", "/contact-lists"),
  admin("contact-list", "/contact-lists", first()),
  admin(
    "contact-list-delete",
    "/contact-lists",
    then(
      first(),
      (page) => page.locator("header button").last().click(),
      (page) => page.locator("[role=menuitem]").last().click(),
    ),
    { full: false },
  ),
  admin("scripts", "/scripts"),
  admin("script", "/scripts", then(link("/scripts/"))),
  admin("filters", "/contact-lists", then(first(), link("/filters"))),
  admin(
    "filter-edit",
    "/contact-lists",
    then(first(), link("/filters"), (page) =>
      page
        .getByRole("button", { name: /^(Modifier|Edit) / })
        .first()
        .click(),
    ),
    { full: false },
  ),
  admin("contact-list-new", "/contact-lists/new"),
  admin("contact", "/contact-lists", then(first(), first(4))),
  admin("imports", "/imports"),
  admin("import-upload", "/imports/new"),
  admin(
    "import-prepare",
    "/imports/new",
    then(csv, (page) => page.waitForSelector("table")),
  ),
  admin("import-running", "/imports", (page) =>
    page.locator("tbody tr", { hasText: "relance" }).click(),
  ),
  admin("import-result", "/imports", (page) =>
    page.locator("tbody tr", { hasText: "abonnes" }).last().click(),
  ),
  admin("users", "/users"),
  admin("user", "/users", first(2)),
  admin("user-new", "/users/new"),
  admin("settings-queues", "/settings/queues"),
  admin("settings-queue", "/settings/queues", async (page) => {
    await first(0)(page);
    await page.getByRole("button", { name: /^(Essayer|Try)$/ }).click();
    await page.getByRole("status").first().waitFor();
  }),
  admin("settings-skills", "/settings/skills"),
  admin("prompts", "/prompts"),
  admin("prompts-missing", "/prompts", tab("missing")),
  admin("prompts-review", "/prompts", tab("review")),
  admin("prompts-languages", "/prompts", tab("languages")),
  admin("prompt", "/prompts", (page) => page.locator("tbody a").first().click()),
  admin("prompts-record", "/prompts/record/fon"),
  admin("settings-inbound-numbers", "/settings/inbound-numbers"),
  admin("settings-inbound-number-edit", "/settings/inbound-numbers", first()),
  admin("response-sets", "/response-sets"),
  admin("response-set", "/response-sets", first()),
  admin("call-results", "/call-results"),
  admin("settings-trunks", "/settings/trunks", addButton, { full: false }),
  admin("settings-wrap-ups", "/settings/wrap-up-codes"),
  admin("settings-wrap-up", "/settings/wrap-up-codes", first(0), { full: false }),
  admin("settings-pauses", "/settings/pause-reasons"),
  admin("settings-compliance", "/settings/compliance"),
  admin("settings-places", "/settings/places"),
  admin("settings-retention", "/settings/retention", (page) =>
    page.getByRole("button", { name: /Compter|Count/ }).click(),
  ),
  admin(
    "settings-retention-hold",
    "/settings/retention",
    (page) => page.getByRole("button", { name: /^(Geler|Hold)$/ }).click(),
    { full: false },
  ),
  admin("consents", "/consents"),
  admin("consent-add", "/consents", addButton, { full: false }),
  admin("call-proof", "/attempts/any/proof"),
  admin("settings-tokens", "/settings/api-tokens"),
  admin("settings-token", "/settings/api-tokens", addButton, { full: false }),
  admin("callable-time-sets", "/callable-time-sets"),
  admin("callable-time-set", "/callable-time-sets", first()),
  admin("callable-time-set-new", "/callable-time-sets/new"),
  admin("dnc-lists", "/dnc-lists", whyListed),
  admin("dnc-provider", "/dnc-lists", then(first(3), tryProvider)),
  admin("dnc-new", "/dnc-lists", then(addButton, newProvider), { full: false }),
  admin("dnc-upload", "/dnc-lists", then(first(), uploadFile), { full: false }),
  admin("dnc-list", "/dnc-lists", first()),
  admin("dnc-add", "/dnc-lists", then(first(), addButton), { full: false }),
  admin("audit", "/audit"),
  admin("event-log", "/event-log"),
  admin("webhooks", "/settings/webhooks"),
  admin("webhook", "/settings/webhooks/01a219e8-b9a0-77a5-bca9-349edcf4bb02"),
  admin("webhook-new", "/settings/webhooks", addButton, { full: false }),
];
