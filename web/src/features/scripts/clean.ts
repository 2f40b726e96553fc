/** Only what a script needs to be read; nothing that loads or runs. */

import DOMPurify from "dompurify";

const TAGS = (
  "a blockquote br code em h1 h2 h3 h4 h5 h6 hr li mark ol p pre s span strong " +
  "table tbody td th thead tr ul"
).split(" ");

const purify = DOMPurify(window);
// A link opens beside the desk: leaving the page would end the call.
purify.addHook("afterSanitizeAttributes", (element) => {
  if (element.tagName !== "A") return;
  element.setAttribute("target", "_blank");
  element.setAttribute("rel", "noopener noreferrer");
});

export function cleanScript(html: string): string {
  return purify.sanitize(html, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: ["href", "start", "target", "rel"],
    ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
  });
}
