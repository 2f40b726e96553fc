/**
 * The activity of the last half hour, gathered while this tab is open, whatever page is on screen;
 * kept for the tab's life, so that a reload does not empty the chart.
 */

import { useSyncExternalStore } from "react";
import { serverNow } from "@/formats/clock";
import { type Activity, NO_ACTIVITY, observe } from "./activity";
import { live } from "./store";

const KEY = "kwabo-activity";
const listeners = new Set<() => void>();
let activity: Activity = NO_ACTIVITY;
let owner = "";

function kept(): Activity {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as {
      owner: string;
      activity: Activity;
    } | null;
    return found?.owner === owner ? found.activity : NO_ACTIVITY;
  } catch {
    return NO_ACTIVITY;
  }
}

live.subscribe(() => {
  const view = live.getView();
  if (owner === "" || view.connection !== "live") return;
  const next = observe(activity, serverNow(), Object.values(view.campaigns));
  if (next === activity) return;
  activity = next;
  for (const listener of listeners) listener();
});

window.addEventListener("pagehide", () => {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ owner, activity }));
  } catch {
    // Then the chart begins anew after a reload.
  }
});

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function useActivity(organisationId: string): Activity {
  if (owner !== organisationId) {
    owner = organisationId;
    activity = kept();
  }
  return useSyncExternalStore(subscribe, () => activity);
}
