/** How nodes, ways and parts of utterances are told in a few words. */

import type fr from "./messages.fr";
import type { FlowDocument, FlowNode, Part, SaidPart } from "./types";

type Words = Pick<typeof fr, "types" | "ways">;

export const titleOf = (node: FlowNode, words: Words): string =>
  node.title || (words.types[node.type] ?? node.type);

/** The way's word; a key with its label in the flow's first language. */
export function wayName(node: FlowNode, way: string, words: Words, document: FlowDocument): string {
  const options = Array.isArray(node.options) ? (node.options as Record<string, unknown>[]) : [];
  const option = options.find((one) => one?.key === way);
  if (option) {
    const label = (option.label as Record<string, string> | undefined)?.[
      document.languages[0] ?? ""
    ];
    return label ? `${way} · ${label}` : way;
  }
  return words.ways[way] ?? way;
}

export const VALUE_PARTS = ["number", "amount", "date", "time", "digits"] as const;

/** What stands in the node beside its title: the first words that it says. */
export function summaryOf(node: FlowNode, language: string): string {
  const said = Array.isArray(node.say) ? (node.say as Part[]) : [];
  const first = said.find((one) => one.text !== undefined || one.prompt !== undefined);
  if (first?.prompt) return first.prompt;
  return first?.text?.[language] || Object.values(first?.text ?? {}).find(Boolean) || node.id;
}

/** As the caller of a trial hears it: words, [prompt], a value, ♪ for what was recorded. */
export const saidText = (parts: readonly SaidPart[], language: string): string =>
  parts
    .map((one) => {
      if (one.type === "sound") return "♪";
      if (one.type !== "prompt") return one.text ?? one.value ?? "";
      const words = one.instead ?? {};
      return words[language] ?? Object.values(words)[0] ?? `[${one.key}]`;
    })
    .filter(Boolean)
    .join(" ");
