/**
 * A stand-in for Kwabo's server, for work on the web alone: the shapes of the HTTP API, a live feed
 * and a floor that plays calls. It also serves the built bundle under the real content policy.
 * Logins afi (agent), awa (supervisor), admin; any password. Never part of the product.
 */

import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { WebSocketServer } from "ws";
import { adminRoutes } from "./mock-admin.mjs";
import * as analysis from "./mock-call-analysis.mjs";
import { callbackRoutes } from "./mock-callbacks.mjs";
import { complianceRoutes } from "./mock-compliance.mjs";
import * as data from "./mock-data.mjs";
import { diagnosisRoutes } from "./mock-diagnosis.mjs";
import { eventRoutes } from "./mock-events.mjs";
import { filterRoutes } from "./mock-filters.mjs";
import { Floor } from "./mock-floor.mjs";
import { flowRoutes } from "./mock-flows.mjs";
import { callableTimeSets, hoursRoutes } from "./mock-hours.mjs";
import * as inbound from "./mock-inbound.mjs";
import * as incidents from "./mock-incidents.mjs";
import { pacingRoutes } from "./mock-pacing.mjs";
import * as voices from "./mock-prompts.mjs";
import * as queueBoard from "./mock-queue-board.mjs";
import { Refusal } from "./mock-refusal.mjs";
import { retentionRoutes } from "./mock-retention.mjs";
import * as routing from "./mock-routing.mjs";
import { scriptRoutes } from "./mock-scripts.mjs";
import { voicemailRoutes } from "./mock-voicemails.mjs";

const port = Number(process.env.KWABO_MOCK_PORT ?? 8100);
const bundle =
  process.env.KWABO_MOCK_BUNDLE ??
  fileURLToPath(new URL("../../src/kwabo/api/static", import.meta.url));
const CSP =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
  "connect-src 'self' ws: wss:; media-src 'self' blob:; img-src 'self' data:; " +
  "object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

const prompts = voices.withVariants(analysis.prompts);
const sessions = new Map();
const readers = new Set();
let position = 100;
const floor = new Floor((kind, entity, entityData) => {
  position += 1;
  const event = {
    type: "event",
    position,
    at: new Date().toISOString(),
    kind,
    entity,
    data: entityData,
  };
  for (const reader of readers) {
    const own =
      entityData.user_id === reader.user.user_id ||
      entityData.agent_user_id === reader.user.user_id;
    reader.socket.send(JSON.stringify(own || reader.sees ? event : { type: "position", position }));
  }
});

const permissionsOf = (user) => [
  ...new Set([
    ...data.roles.find((role) => role.role === user.role).permissions,
    ...user.permissions,
  ]),
];
const sessionOf = (user) => ({
  user,
  organisation: data.organisation,
  permissions: permissionsOf(user),
  csrf_token: "mock-csrf",
});
const userOf = (request) =>
  sessions.get(/kwabo_session=([\w-]+)/.exec(request.headers.cookie ?? "")?.[1]);

function page(items, query) {
  const limit = Number(query.get("limit") ?? 50);
  const from = Number(query.get("page_token") ?? 0);
  const next = from + limit < items.length ? String(from + limit) : null;
  return { items: items.slice(from, from + limit), next_page_token: next, total: items.length };
}
function found(items, key, id) {
  const item = items.find((one) => one[key] === id);
  if (!item) throw new Refusal(404, "NOT_FOUND", "Cet objet n’existe pas.");
  return item;
}
/** List, create, read, change and delete for one noun kept in an array. */
function crud(name, key, items, listed = true) {
  return [
    ["GET", `/${name}`, ({ query }) => (listed ? page(items, query) : items)],
    [
      "POST",
      `/${name}`,
      ({ body }) => {
        const item = { [key]: randomUUID(), version: 1, created_at: data.iso(Date.now()), ...body };
        items.push(item);
        return item;
      },
    ],
    ["GET", `/${name}/:id`, ({ id }) => found(items, key, id)],
    [
      "PATCH",
      `/${name}/:id`,
      ({ id, body }) => {
        const item = found(items, key, id);
        if (
          body.version !== undefined &&
          item.version !== undefined &&
          body.version !== item.version
        ) {
          throw new Refusal(
            409,
            "STALE_VERSION",
            "Quelqu’un d’autre a modifié cet objet. Rechargez la page.",
          );
        }
        return Object.assign(item, body, { version: (item.version ?? 0) + 1 });
      },
    ],
    [
      "DELETE",
      `/${name}/:id`,
      ({ id }) => void items.splice(items.indexOf(found(items, key, id)), 1),
    ],
  ];
}
const campaignState = (id, state) =>
  Object.assign(found(data.campaigns, "campaign_id", id), {
    state,
    state_changed_at: data.iso(Date.now()),
  });
const matching = (query) => {
  const search = (query.get("search") ?? "").toLowerCase();
  return data.contacts.filter((one) => JSON.stringify(one.data).toLowerCase().includes(search));
};

const routes = [
  ...complianceRoutes(page),
  ...retentionRoutes,
  ...filterRoutes,
  ...scriptRoutes,
  ...flowRoutes,
  ...adminRoutes,
  ...hoursRoutes,
  ...crud("callable-time-sets", "callable_time_set_id", callableTimeSets),
  ...diagnosisRoutes,
  ...pacingRoutes,
  ["GET", "/session", ({ user }) => sessionOf(user)],
  ["PATCH", "/session/user", ({ user, body }) => Object.assign(user, body)],
  ["GET", "/roles", () => data.roles],
  ["GET", "/audit", ({ query }) => page(data.audit, query)],
  ...crud("users", "user_id", data.users),
  ...crud("api-tokens", "api_token_id", data.tokens),
  ...crud("contact-lists", "contact_list_id", data.lists),
  ["GET", "/contact-lists/:id/contacts", ({ query }) => page(matching(query), query)],
  [
    "POST",
    "/contact-lists/:id/contacts",
    ({ body, id }) => {
      const one = { ...data.contact(id), data: body.data };
      data.contacts.unshift(one);
      return one;
    },
  ],
  [
    "POST",
    "/contact-lists/:id/contacts/delete",
    ({ body }) => ({ deleted: body.contact_ids?.length ?? 0 }),
  ],
  ...crud("contacts", "contact_id", data.contacts),
  [
    "GET",
    "/contacts/:id/history",
    ({ id }) => data.historyOf(found(data.contacts, "contact_id", id)),
  ],
  [
    "POST",
    "/imports/uploads",
    () => {
      const one = {
        ...data.imports[0],
        import_id: randomUUID(),
        state: "uploaded",
        contact_list_id: null,
        contact_list_name: null,
        bytes_done: 0,
        rows_read: 0,
        rows_added: 0,
        rows_duplicate: 0,
        rows_rejected: 0,
        started_at: null,
        ended_at: null,
      };
      data.imports.unshift(one);
      return { ...one, preview: data.preview };
    },
  ],
  [
    "GET",
    "/imports/:id/preview",
    ({ query }) => ({
      ...data.preview,
      encoding: query.get("encoding") ?? data.preview.encoding,
      delimiter: query.get("delimiter") ?? data.preview.delimiter,
    }),
  ],
  [
    "POST",
    "/imports/:id/start",
    ({ id }) =>
      Object.assign(found(data.imports, "import_id", id), {
        state: "running",
        contact_list_id: data.lists[0].contact_list_id,
        contact_list_name: data.lists[0].name,
        started_at: data.iso(Date.now()),
      }),
  ],
  ["GET", "/imports/:id/rejections", ({ query }) => page(data.rejections, query)],
  [
    "POST",
    "/imports/:id/cancel",
    ({ id }) => Object.assign(found(data.imports, "import_id", id), { state: "cancelled" }),
  ],
  [
    "POST",
    "/imports/:id/resume",
    ({ id }) => Object.assign(found(data.imports, "import_id", id), { state: "running" }),
  ],
  ...crud("imports", "import_id", data.imports),
  ...queueBoard.routes,
  ...routing.routes,
  ...crud("skills", "skill_id", routing.skills),
  ["GET", "/agent-skills", ({ query }) => page(routing.agentSkills, query)],
  ...crud("queues", "queue_id", data.queues),
  ...incidents.routes(page, found),
  ...crud("incidents", "incident_id", incidents.incidents),
  ...crud("schedule-groups", "schedule_group_id", incidents.groups),
  ...inbound.checkedNumbers(crud("inbound-numbers", "inbound_number_id", inbound.numbers)),
  ...crud("trunks", "trunk_id", data.trunks),
  ["GET", "/response-sets/possible", ({ query }) => page(analysis.possible, query)],
  ...crud("response-sets", "response_set_id", analysis.responseSets),
  ["GET", "/languages", () => voices.languages],
  ["GET", "/prompt-reviews", ({ query }) => page(voices.reviews(prompts), query)],
  ["GET", "/missing-prompts", ({ query }) => page(voices.missing, query)],
  ["GET", "/recording-numbers", ({ query }) => page(voices.recordingNumbers, query)],
  ["GET", "/recording-sessions", ({ query }) => page(voices.recordingSessions, query)],
  ["GET", "/prompt-fragments", ({ query }) => page(voices.fragments, query)],
  ...crud("prompts", "prompt_id", prompts),
  ["GET", "/call-results", ({ query }) => analysis.callResults(query.get("by"))],
  ...crud("wrap-up-codes", "wrap_up_code_id", data.wrapUpCodes),
  ...crud("pause-reasons", "pause_reason_id", data.pauseReasons),
  ...crud("dnc-lists", "dnc_list_id", data.dncLists),
  ["GET", "/dnc-lists/:id/entries", ({ query }) => page(data.dncEntries, query)],
  [
    "POST",
    "/dnc-lists/:id/entries",
    ({ body }) => ({ added: body.entries.length, updated: 0, rejected: [] }),
  ],
  ["POST", "/dnc-lists/:id/entries/remove", ({ body }) => ({ removed: body.values.length })],
  ["POST", "/campaigns/:id/start", ({ id }) => campaignState(id, "running")],
  ["POST", "/campaigns/:id/pause", ({ id }) => campaignState(id, "paused")],
  ["POST", "/campaigns/:id/stop", ({ id }) => campaignState(id, "stopped")],
  [
    "GET",
    "/campaigns/:id/progress",
    ({ id }) => {
      const live = data.campaignLive.find((one) => one.campaign_id === id) ?? data.campaignLive[0];
      return {
        campaign_id: id,
        contacts: live.contacts,
        untouched: 9000,
        open: 7300,
        in_progress: 9,
        finished: live.finished,
        attempts: live.attempts,
        results: live.results,
        wrap_ups: data.wrapUpCodes.map((one, index) => ({
          wrap_up_code_id: one.wrap_up_code_id,
          system_code: null,
          name: one.name,
          count: 300 - index * 40,
        })),
        answered: live.answered,
        abandoned: live.abandoned,
        connect_rate: live.answered / live.attempts,
        abandon_rate: live.abandoned / live.answered,
        next_attempt_at: live.next_attempt_at,
        answer_to_agent_seconds: { p50: 0.12, p95: 0.31, max: 0.9 },
      };
    },
  ],
  [
    "GET",
    "/campaigns/:id/contacts",
    ({ query }) =>
      page(
        matching(query).map((contact, index) => ({
          contact,
          state: ["untouched", "open", "finished"][index % 3],
          attempts: index % 3,
          last_result: index % 3 ? "no_answer" : null,
          last_attempt_at: index % 3 ? data.ago(3600) : null,
          next_attempt_at: null,
          explanation: data.explanation(),
        })),
        query,
      ),
  ],
  ["GET", "/campaigns/:id/contacts/:other/explanation", () => data.explanation()],
  [
    "GET",
    "/campaigns/:id/attempts",
    ({ query }) =>
      page(
        data.contacts.map((one) => data.historyOf(one)[1]),
        query,
      ),
  ],
  ...crud("campaigns", "campaign_id", data.campaigns),
  ["GET", "/agent", ({ user }) => floor.agents.get(user.user_id) ?? floor.fresh(user)],
  ["GET", "/agent/alert", ({ user }) => floor.alert(user)],
  ["GET", "/alert-figures", () => ({ since: data.ago(604_800), until: data.ago(0), rows: [] })],
  ["GET", "/agent/card/:id", ({ id }) => floor.card(id)],
  ...callbackRoutes(page),
  ...voicemailRoutes(page),
  ...eventRoutes(page),
  ["GET", "/agent/wrap-up-codes", ({ query }) => page(data.wrapUpCodes, query)],
  ["GET", "/agent/pause-reasons", ({ query }) => page(data.pauseReasons, query)],
  [
    "GET",
    "/agent/directory",
    ({ query, user }) =>
      page(
        [...floor.agents.values()]
          .filter((one) => one.user_id !== user.user_id && one.status !== "signed_out")
          .map(({ user_id, display_name, status }) => ({ user_id, display_name, status })),
        query,
      ),
  ],
];
for (const name of "sign-in connect-leg ready pause sign-out fetch dial skip take refuse hang-up hold resume mute unmute digits transfer consult consult/complete consult/cancel wrap-up".split(
  " ",
)) {
  routes.push(["POST", `/agent/${name}`, ({ user, body }) => floor.command(user, name, body)]);
}
const compiled = routes.map(([method, path, act]) => [
  method,
  new RegExp(`^${path.replace(":id", "([^/]+)").replace(":other", "([^/]+)")}$`),
  act,
]);

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return (request.headers["content-type"] ?? "").includes("json") && text ? JSON.parse(text) : {};
}
function answer(response, status, body, headers = {}) {
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  response.end(body === undefined ? "" : JSON.stringify(body));
}

async function handleApi(request, response, path, query) {
  const body = await bodyOf(request);
  if (path === "/session" && request.method === "POST") {
    const user = data.users.find((one) => one.login === body.login);
    if (!user || body.password === "wrong") {
      throw new Refusal(401, "WRONG_LOGIN", "Identifiant ou mot de passe incorrect.");
    }
    const token = randomUUID();
    sessions.set(token, user);
    answer(response, 200, sessionOf(user), {
      "Set-Cookie": `kwabo_session=${token}; HttpOnly; SameSite=Strict; Path=/`,
    });
    return;
  }
  const user = userOf(request);
  if (!user) throw new Refusal(401, "NOT_SIGNED_IN", "Connectez-vous.");
  if (path === "/session" && request.method === "DELETE") {
    sessions.clear();
    answer(response, 204);
    return;
  }
  for (const [method, pattern, act] of compiled) {
    const match = method === request.method ? pattern.exec(path) : null;
    if (!match) continue;
    const result = act({ user, body, query, id: match[1], other: match[2] });
    answer(response, result === undefined ? 204 : 200, result);
    return;
  }
  throw new Refusal(404, "NOT_FOUND", `${request.method} ${path}`);
}

async function handleFile(response, path) {
  const safe = normalize(path).replace(/^(\.\.[/\\])+/, "");
  const file = extname(safe) ? join(bundle, safe) : join(bundle, "index.html");
  const bytes = await readFile(file);
  response.writeHead(200, {
    "Content-Type": TYPES[extname(file)] ?? "application/octet-stream",
    "Content-Security-Policy": CSP,
  });
  response.end(bytes);
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://localhost");
  try {
    if (url.pathname === "/mock/scenario") {
      const { login = "afi", name } = await bodyOf(request);
      const user = data.users.find((one) => one.login === login);
      answer(response, 200, floor.scenario(user, name));
    } else if (url.pathname.startsWith("/api/v1")) {
      await handleApi(request, response, url.pathname.slice(7), url.searchParams);
    } else if (url.pathname === "/api/health") {
      answer(response, 200, { status: "ok", parts: {}, version: "mock" });
    } else {
      await handleFile(response, url.pathname);
    }
  } catch (error) {
    if (error instanceof Refusal) answer(response, error.status, error.body);
    else {
      console.error(error);
      answer(response, error.code === "ENOENT" ? 404 : 500, {
        error: { code: "INTERNAL", message: String(error) },
      });
    }
  }
});

const sockets = new WebSocketServer({
  noServer: true,
  handleProtocols: (protocols) => [...protocols][0],
});
/** Enough of a registrar for a softphone to register; it never calls. */
function registrar(socket) {
  socket.on("message", (bytes) => {
    const text = String(bytes);
    if (!text.startsWith("REGISTER")) return;
    const kept = text
      .split("\r\n")
      .filter((line) => /^(Via|From|Call-ID|CSeq|Contact):/i.test(line));
    const to = /^To: .*$/im.exec(text)?.[0] ?? "";
    socket.send(
      ["SIP/2.0 200 OK", ...kept, `${to};tag=mock`, "Content-Length: 0", "", ""].join("\r\n"),
    );
  });
}
server.on("upgrade", (request, socket, head) => {
  const user = userOf(request);
  if (!user) {
    socket.destroy();
    return;
  }
  sockets.handleUpgrade(request, socket, head, (webSocket) => {
    if (request.url === "/sip") {
      registrar(webSocket);
      return;
    }
    const reader = { socket: webSocket, user, sees: permissionsOf(user).includes("live.read") };
    webSocket.send(JSON.stringify(floor.snapshot(position, user, reader.sees)));
    readers.add(reader);
    webSocket.on("close", () => readers.delete(reader));
  });
});
setInterval(() => {
  for (const reader of readers) reader.socket.send(JSON.stringify({ type: "ping" }));
}, 5000);
setInterval(() => floor.tick(new Set([...sessions.values()].map((user) => user.user_id))), 1500);
server.listen(port, "127.0.0.1", () => console.log(`mock server on http://127.0.0.1:${port}`));
