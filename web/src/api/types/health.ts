import type { Time } from "./common";

export interface Health {
  status: "ok" | "degraded";
  parts: Record<string, { status: string; since: Time; message: string }>;
  version: string;
}
