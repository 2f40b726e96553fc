import { expect, test } from "vitest";
import { bodyOf, emptySchedule, ofKind, placeOf, signInsOf, testBody } from "./schedule-form";

const folder = emptySchedule("Africa/Porto-Novo");

test("an empty secret is not sent", () => {
  expect(bodyOf(folder)).not.toHaveProperty("secret");
  expect(bodyOf({ ...folder, secret: "x" })).toHaveProperty("secret", "x");
  expect(testBody(folder, "7")).toEqual({ source: folder.source, import_schedule_id: "7" });
});

test("another kind has its own ways to sign in, and takes no secret along", () => {
  const sftp = ofKind({ ...folder, secret: "x", done_file: "move" }, "sftp");
  expect([sftp.source.sign_in, sftp.secret, sftp.done_file]).toEqual(["password", "", "move"]);
  const https = ofKind(sftp, "https");
  expect([https.source.sign_in, https.done_file]).toEqual(["password", "keep"]);
  expect(ofKind(https, "folder").source.sign_in).toBe("none");
  expect(signInsOf("sftp")).not.toContain("none");
});

test("places in one line", () => {
  const { source } = folder;
  expect(placeOf(source)).toBe("*.csv");
  expect(
    placeOf({ ...source, kind: "sftp", host: "h", user: "u", path: "/out/", port: 2222 }),
  ).toBe("u@h:2222:/out/*.csv");
  expect(placeOf({ ...source, kind: "https", url: "https://x.test/a" })).toBe("https://x.test/a");
});
