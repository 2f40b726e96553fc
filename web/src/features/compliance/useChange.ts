/** Sends a part of the compliance settings; what the server refuses is told. */

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, api } from "@/api/client";
import type { Compliance } from "@/api/types";
import { toast } from "@/shared/toast";
import { useText } from "./messages";

export function useChange(settings: Compliance) {
  const t = useText();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  async function send(part: Record<string, unknown>) {
    setBusy(true);
    setProblem(null);
    try {
      const saved = await api.patch<Compliance>("/compliance", {
        version: settings.version,
        ...part,
      });
      client.setQueryData(["compliance", "settings"], saved);
      await client.invalidateQueries({ queryKey: ["compliance", "preset"] });
      toast.success(t.saved);
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  /** The server's words about a field, or about an entry of it: `denied_prefixes.0`. */
  function errorOf(field: string): string | undefined {
    if (!(problem instanceof ApiError)) return undefined;
    const found = Object.entries(problem.fields).find(
      ([name]) => name === field || name.startsWith(`${field}.`),
    );
    return found?.[1];
  }

  const reload = () => void client.invalidateQueries({ queryKey: ["compliance"] });
  return { send, busy, problem, errorOf, reload };
}
