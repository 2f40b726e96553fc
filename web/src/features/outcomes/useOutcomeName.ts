import { useFormats } from "@/shared/useFormats";
import { useText } from "./messages";

interface Given {
  name: string;
  name_en: string;
  system_code?: string | null;
}

/** What an outcome is called: an agent's code by its own name, the system's by the program's words. */
export function useOutcomeName(): (given: Given | null | undefined) => string {
  const { systemNames } = useText();
  const { name } = useFormats();
  return (given) => {
    if (!given) return "";
    const code = given.system_code ?? "";
    return (code && systemNames[code]) || name(given) || code;
  };
}
