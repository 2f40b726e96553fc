import { useText } from "./messages";

/** What a purpose is called: those that everybody knows have words, others are shown as named. */
export function usePurposeName(): (purpose: string) => string {
  const t = useText();
  const words: Record<string, string> = t.purposes;
  return (purpose) => (purpose === "*" ? t.everything : (words[purpose] ?? purpose));
}
