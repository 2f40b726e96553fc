/**
 * The script as the agent will see it: the same Markdown and placeholders as the server's
 * (domain/campaigns/script.py), for the editor's preview only.
 */

import MarkdownIt from "markdown-it";
import type { Column } from "@/api/types";

const PLACEHOLDER = /^\{\{[ \t]*([^{}\n]{1,200}?)[ \t]*\}\}/;

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/\n/g, "<br>");

interface Filling {
  values: Record<string, string | null>;
  labels: Record<string, string>;
}

type Markdown = InstanceType<typeof MarkdownIt>;

function parser(): Markdown {
  const markdown = new MarkdownIt("commonmark", { html: false, breaks: true });
  markdown.enable(["table", "strikethrough"]);
  markdown.disable("image");
  markdown.inline.ruler.before("escape", "placeholder", (state, silent) => {
    const match = PLACEHOLDER.exec(state.src.slice(state.pos, state.posMax));
    if (match === null) return false;
    if (!silent) state.push("placeholder", "", 0).content = match[1] ?? "";
    state.pos += match[0].length;
    return true;
  });
  markdown.renderer.rules.placeholder = (tokens, index, _options, env) => {
    const name = tokens[index]?.content ?? "";
    const filling = env as unknown as Filling;
    const value = (filling.values[name] ?? "").trim();
    return value === ""
      ? `<mark class="missing">${escaped(filling.labels[name] ?? name)}</mark>`
      : `<span class="value">${escaped(value)}</span>`;
  };
  return markdown;
}

let shared: Markdown | undefined;

export function renderScript(
  script: string,
  values: Record<string, string | null>,
  columns: readonly Column[],
): string {
  shared ??= parser();
  const labels = Object.fromEntries(columns.map((column) => [column.name, column.label]));
  return shared.render(script, { values, labels } satisfies Filling);
}
