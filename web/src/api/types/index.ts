/**
 * The shapes of the HTTP API (docs/developers/http-api.md). Times are UTC strings
 * ("2026-11-23T10:00:00.000Z"), ids are UUID strings, numbers of telephones are E.164.
 */

export * from "./access";
export * from "./agent";
export * from "./alerts";
export * from "./call-analysis";
export * from "./callers";
export * from "./campaign-parts";
export * from "./campaigns";
export * from "./common";
export * from "./compliance";
export * from "./contacts";
export * from "./data-actions";
export * from "./event-log";
export * from "./health";
export * from "./inbound-numbers";
export * from "./lists";
export * from "./live";
export * from "./pacing";
export * from "./queue-board";
export * from "./routing";
export * from "./rule-sets";
export * from "./timetable";
export * from "./voicemails";
export * from "./webhooks";
export * from "./what-ifs";
