// @vitest-environment jsdom

import { expect, test } from "vitest";
import { ALT_LETTERS, commandOf, focusOf, type Key } from "./shortcuts";

const key = (change: Partial<Key>): Key => ({
  key: "",
  code: "",
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...change,
});
const alt = (letter: string) =>
  key({ key: letter, code: `Key${letter.toUpperCase()}`, altKey: true });

test.each(Object.entries(ALT_LETTERS))("Alt+%s is %s, also while typing", (letter, action) => {
  for (const focus of ["page", "control", "text", "keypad"] as const) {
    expect(commandOf(alt(letter), focus)).toEqual({ action });
  }
});

test("the letter on the key counts, not its place: M on a French keyboard", () => {
  expect(commandOf(key({ key: "m", code: "Semicolon", altKey: true }), "page")).toEqual({
    action: "mute",
  });
});

test("on a Mac Alt writes another character; the place counts then", () => {
  expect(commandOf(key({ key: "®", code: "KeyR", altKey: true }), "page")).toEqual({
    action: "ready",
  });
});

test("AltGr writes characters and is no shortcut", () => {
  expect(
    commandOf(key({ key: "€", code: "KeyE", altKey: true, ctrlKey: true }), "text"),
  ).toBeNull();
  expect(
    commandOf(key({ key: "m", code: "KeyM", altKey: true, ctrlKey: true }), "text"),
  ).toBeNull();
});

test("digits choose codes on the page, on a French keyboard too, and never while typing", () => {
  expect(commandOf(key({ key: "3", code: "Digit3" }), "page")).toEqual({ code: 3 });
  expect(commandOf(key({ key: '"', code: "Digit3" }), "control")).toEqual({ code: 3 });
  expect(commandOf(key({ key: "3", code: "Numpad3" }), "page")).toEqual({ code: 3 });
  expect(commandOf(key({ key: "3", code: "Digit3" }), "text")).toBeNull();
  expect(commandOf(key({ key: "3", code: "Digit3" }), "keypad")).toBeNull();
  expect(commandOf(key({ key: "0", code: "Digit0" }), "page")).toBeNull();
});

test("Alt with a digit chooses a code while typing", () => {
  expect(commandOf(key({ key: "2", code: "Digit2", altKey: true }), "text")).toEqual({ code: 2 });
});

test("Enter saves on the page, is the control's own elsewhere; with Ctrl it always saves", () => {
  expect(commandOf(key({ key: "Enter" }), "page")).toEqual({ action: "enter" });
  expect(commandOf(key({ key: "Escape" }), "page")).toEqual({ action: "refuse" });
  expect(commandOf(key({ key: "Escape" }), "text")).toBeNull();
  expect(commandOf(key({ key: "Enter" }), "control")).toBeNull();
  expect(commandOf(key({ key: "Enter" }), "text")).toBeNull();
  expect(commandOf(key({ key: "Enter", ctrlKey: true }), "text")).toEqual({ action: "save_next" });
  expect(commandOf(key({ key: "Enter", ctrlKey: true, shiftKey: true }), "text")).toEqual({
    action: "save_pause",
  });
});

test("? asks for help, but can be written", () => {
  const question = key({ key: "?", code: "KeyM", shiftKey: true });
  expect(commandOf(question, "page")).toEqual({ action: "help" });
  expect(commandOf(question, "text")).toBeNull();
});

test("where a key was pressed", () => {
  document.body.innerHTML = `
    <textarea></textarea><input><input type="checkbox"><button><b>x</b></button>
    <div data-keypad><button id="tone">1</button></div><p>text</p><div role="dialog"><button id="ok">ok</button></div>`;
  const focus = (selector: string) => focusOf(document.querySelector(selector));
  expect(focus("textarea")).toBe("text");
  expect(focus("input")).toBe("text");
  expect(focus("[type=checkbox]")).toBe("control");
  expect(focus("b")).toBe("control");
  expect(focus("#tone")).toBe("keypad");
  expect(focus("#ok")).toBe("text");
  expect(focus("p")).toBe("page");
  expect(focusOf(null)).toBe("page");
});
