/** While the desk rings: the sound again and again, and a notification when nobody sees the page. */

import { useEffect, useState } from "react";
import type { AgentState } from "@/api/types";
import { formatNumber } from "@/formats/phone";
import { useText } from "./messages";
import { playRing, soundsPlay } from "./sounds";

const RING_EVERY_MS = 2500;

/** From a click at the begin of the day: browsers ask only then. */
export function askForNotifications(): void {
  if (typeof Notification !== "undefined" && Notification.permission === "default") {
    void Notification.requestPermission().catch(() => {});
  }
}

function notify(title: string, body: string, tag: string): Notification | null {
  if (typeof Notification === "undefined" || Notification.permission !== "granted") return null;
  try {
    const shown = new Notification(title, { body, tag, requireInteraction: true });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
    return shown;
  } catch {
    return null; // telephones allow them only from service workers
  }
}

/** Whether the browser keeps the ringing silent; false while nothing rings. */
export function useRinging(agent: AgentState | null): boolean {
  const t = useText().alert;
  const id = agent?.status === "alerting" ? (agent.attempt?.attempt_id ?? null) : null;
  const number = agent?.attempt?.number ?? "";
  const [silent, setSilent] = useState(false);
  useEffect(() => {
    if (id === null) return;
    const ring = () => {
      playRing();
      setSilent(!soundsPlay());
    };
    ring();
    const timer = setInterval(ring, RING_EVERY_MS);
    let shown: Notification | null = null;
    const tell = () => {
      if (!document.hidden) shown?.close();
      else shown ??= notify(t.title, number ? formatNumber(number) : t.withheld, id);
    };
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tell);
      shown?.close();
      setSilent(false);
    };
  }, [id, number, t]);
  return silent;
}
