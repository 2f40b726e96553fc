import { CloseButton, useComputedColorScheme } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { type ReactNode, useEffect } from "react";
import { useSession } from "@/features/session/session";
import { useFormats } from "@/shared/useFormats";
import { useNowSeconds } from "@/shared/useNow";
import { LiveSign } from "./LiveSign";
import { useText } from "./messages";
import classes from "./Wall.module.css";

/** Dark for as long as it hangs there, whatever the person's own choice. */
function useDark() {
  const chosen = useComputedColorScheme("light");
  useEffect(() => {
    const root = document.documentElement;
    root.setAttribute("data-mantine-color-scheme", "dark");
    return () => root.setAttribute("data-mantine-color-scheme", chosen);
  }, [chosen]);
}

/** Screens on walls have nobody to wake them. */
function useAwake() {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    const ask = () => {
      if (document.hidden) return;
      navigator.wakeLock
        ?.request("screen")
        .then((given) => {
          lock = given;
        })
        .catch(() => {});
    };
    ask();
    document.addEventListener("visibilitychange", ask);
    return () => {
      document.removeEventListener("visibilitychange", ask);
      void lock?.release();
    };
  }, []);
}

/** The whole screen for one board: large, dark, nothing to press but the way out. */
export function Wall(props: { title: string; onLeave: () => void; children: ReactNode }) {
  const t = useText();
  const { organisation } = useSession();
  const formats = useFormats();
  const now = useNowSeconds();
  useDark();
  useAwake();
  const leave = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    props.onLeave();
  };
  useHotkeys([["Escape", leave]]);
  return (
    <div className={classes.wall}>
      <header className={classes.head}>
        <h1>{organisation.name}</h1>
        <span className={classes.queue}>{props.title}</span>
        <LiveSign />
        <time className={classes.time}>{formats.time(new Date(now * 1000).toISOString())}</time>
        <CloseButton size="lg" aria-label={t.leaveWall} title={t.leaveWall} onClick={leave} />
      </header>
      {props.children}
    </div>
  );
}
