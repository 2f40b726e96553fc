/**
 * The script as the agent will see it: the same Markdown and placeholders as the server's
 * (domain/campaigns/script.py), for the editor's preview only.
 */

import MarkdownIt from "markdown-it";
import type { Column } from "@/api/types";

const PLACEHOLDER = /^\{\{[ \t]*([^{}\n]{1,200}?)[ \t]*\}\}/;

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/\n/g, "<br>");

/** French signs stay with their word: "Avez-vous deux minutes ?" never breaks before the "?". */
const unbroken = (text: string) => text.replace(/ (?=[?!:;»])|(?<=«) /g, "\u00a0");

interface Filling {
  /** As they are read. */
  values: Record<string, string | null>;
  /** As they are kept: for links. */
  kept: Record<string, string | null>;
  labels: Record<string, string>;
}

const ENCODED = /%7B%7B(?:%20)*([^{}]{1,600}?)(?:%20)*%7D%7D/g;

/** A link with its placeholders filled in; if it is only one, its value may be a whole one. */
function filledLink(href: string, kept: Record<string, string | null>): string {
  const value = (name: string) => (kept[decodeURIComponent(name)] ?? "").trim();
  const whole = /^%7B%7B(?:%20)*([^{}]{1,600}?)(?:%20)*%7D%7D$/.exec(href);
  if (whole !== null && /^https?:\/\//.test(value(whole[1] ?? ""))) return value(whole[1] ?? "");
  return href.replace(ENCODED, (_, name: string) => encodeURIComponent(value(name)));
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
  markdown.renderer.rules.text = (tokens, index) =>
    markdown.utils.escapeHtml(unbroken(tokens[index]?.content ?? ""));
  markdown.renderer.rules.link_open = (tokens, index, options, env, self) => {
    const token = tokens[index];
    const href = token?.attrGet("href");
    if (!token || !href) return self.renderToken(tokens, index, options);
    const before = token.attrs;
    token.attrs =
      before?.map(([name, value]) =>
        name === "href"
          ? [name, filledLink(String(value), (env as unknown as Filling).kept)]
          : [name, value],
      ) ?? null;
    const rendered = self.renderToken(tokens, index, options);
    token.attrs = before;
    return rendered;
  };
  return markdown;
}

let shared: Markdown | undefined;

export function renderScript(
  script: string,
  values: Record<string, string | null>,
  columns: readonly Column[],
): string {
  const labels = Object.fromEntries(columns.map((column) => [column.name, column.label]));
  return renderWords(script, { values, kept: values, labels });
}

/** With values as they are read, and as they are kept. */
export function renderWords(script: string, filling: Filling): string {
  shared ??= parser();
  return shared.render(script, { ...filling });
}
