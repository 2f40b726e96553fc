// @vitest-environment jsdom

/** Answers are not lost, not doubled, and not written over somebody else's. */

import { beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "@/api/client";
import { AnswerOutbox } from "./outbox";
import type { Answer, SavedAnswers } from "./types";

interface Body {
  revision: number;
  page: string;
  visited: string[];
  answers: Record<string, { value: Answer; base: string | null }>;
}

/** The server's side, as services/script_runs.py does it, with a connection that can be cut. */
class Server {
  up = true;
  lostAnswers = 0;
  revision = 0;
  answers: Record<string, Answer> = {};
  data: Record<string, string> = { nom: "Sena" };
  asked = 0;
  hold: Promise<void> | null = null;

  async put(body: Body): Promise<SavedAnswers> {
    this.asked += 1;
    if (this.hold) await this.hold;
    if (!this.up) throw new ApiError(0, "NETWORK", "No answer.");
    const conflicts = [];
    if (body.revision > this.revision) {
      this.revision = body.revision;
      for (const [field, { value, base }] of Object.entries(body.answers)) {
        this.answers[field] = value;
        if (field !== "nom" || this.data.nom === value) continue;
        if (base !== null && base !== this.data.nom) {
          conflicts.push({ field, column: "nom", value: this.data.nom ?? "" });
        } else this.data.nom = String(value);
      }
    }
    if (this.lostAnswers > 0) {
      this.lostAnswers -= 1;
      throw new ApiError(0, "NETWORK", "No answer.");
    }
    const { page, visited } = body;
    return {
      page,
      visited,
      answers: this.answers,
      revision: this.revision,
      data: { ...this.data },
      conflicts,
    };
  }
}

const CALL = "call-1";
let server: Server;
let waiting: (() => void)[];
const made = () =>
  new AnswerOutbox({
    put: (_, body) => server.put(body as Body),
    storage: sessionStorage,
    now: () => 1000,
    wait: (act) => waiting.push(act),
  });
const due = async () => {
  for (const act of waiting.splice(0)) act();
  await new Promise((resolve) => setTimeout(resolve));
};

beforeEach(() => {
  sessionStorage.clear();
  server = new Server();
  waiting = [];
});

describe("the outbox of answers", () => {
  it("sends several answers together and forgets what was acknowledged", async () => {
    const box = made();
    box.answer(CALL, "accord", "yes", null, "");
    box.answer(CALL, "nom", "Afi", "nom", "Sena");
    await due();
    expect(server.asked).toBe(1);
    expect(server.answers).toEqual({ accord: "yes", nom: "Afi" });
    expect(box.view(CALL).state).toBe("saved");
    expect(sessionStorage.length).toBe(0);
  });

  it("keeps answers while there is no connection, also when the page is loaded again", async () => {
    server.up = false;
    const box = made();
    box.answer(CALL, "accord", "yes", null, "");
    await due();
    expect(box.view(CALL).state).toBe("offline");
    waiting = [];
    server.up = true;
    const again = made();
    again.resume();
    expect(again.view(CALL).given).toEqual({ accord: "yes" });
    await due();
    expect(server.answers).toEqual({ accord: "yes" });
    expect(sessionStorage.length).toBe(0);
  });

  it("repeats a save whose acknowledgement was lost without a conflict of its own", async () => {
    server.lostAnswers = 1;
    const box = made();
    box.answer(CALL, "nom", "Afi", "nom", "Sena");
    await due();
    expect(box.view(CALL).state).toBe("offline");
    await due();
    expect(box.view(CALL)).toMatchObject({ state: "saved", conflicts: {} });
    expect(server.data.nom).toBe("Afi");
  });

  it("sends what was typed during a save afterwards, over the own value", async () => {
    let go = () => {};
    server.hold = new Promise((resolve) => {
      go = resolve;
    });
    const box = made();
    box.answer(CALL, "nom", "Af", "nom", "Sena");
    await due();
    box.answer(CALL, "nom", "Afi", "nom", "Sena");
    go();
    server.hold = null;
    expect(await box.flush(CALL)).toBe(true);
    await due();
    expect(server.data.nom).toBe("Afi");
    expect(box.view(CALL).conflicts).toEqual({});
  });

  it("does not write over what somebody else has changed, and lets the agent decide", async () => {
    server.data.nom = "Mensah";
    const box = made();
    box.answer(CALL, "nom", "Afi", "nom", "Sena");
    await due();
    expect(server.data.nom).toBe("Mensah");
    expect(box.view(CALL).conflicts.nom?.value).toBe("Mensah");
    box.answer(CALL, "nom", "Afi", "nom", "Sena"); // mine
    await due();
    expect(server.data.nom).toBe("Afi");
    expect(box.view(CALL).conflicts).toEqual({});
  });

  it("tells which answer is refused and sends the others", async () => {
    const put = server.put.bind(server);
    server.put = async (body) => {
      if ("jour" in body.answers) {
        const fields = [{ field: "answers.jour", code: "DATE_FORMAT", message: "no date" }];
        throw new ApiError(422, "INVALID", "wrong", null, { fields });
      }
      return put(body);
    };
    const box = made();
    box.answer(CALL, "jour", "demain", null, "");
    box.answer(CALL, "accord", "no", null, "");
    expect(await box.flush(CALL)).toBe(true);
    expect(server.answers).toEqual({ accord: "no" });
    expect(box.view(CALL).errors).toEqual({ jour: "no date" });
  });

  it("gives up a call that is somebody else's by now", async () => {
    server.put = async () => {
      throw new ApiError(404, "NOT_FOUND", "There is no such call of yours.");
    };
    const box = made();
    box.move(CALL, "fin", ["accueil", "fin"]);
    expect(await box.flush(CALL)).toBe(true);
    expect(box.view(CALL).state).toBe("refused");
    expect(sessionStorage.length).toBe(0);
  });
});
