/**
 * What screenshots.mjs takes: {name, login, path, scenario?, ready?, act?, full?}. `ready` is the
 * selector that says the page is there, `act(page)` brings it into the state worth seeing.
 */

export const PAGES = [
  { name: "login", path: "/" },
  { name: "live", login: "admin", path: "/live" },
];
