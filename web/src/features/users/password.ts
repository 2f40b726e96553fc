/** A password to hand over: easy to read aloud, no letters that look alike, about 79 bits. */

const LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
const GROUPS = 4;
const GROUP_LENGTH = 4;

export function newPassword(): string {
  const groups: string[] = [];
  // Bytes beyond the largest multiple are thrown away, so that every letter is as likely.
  const limit = 256 - (256 % LETTERS.length);
  while (groups.length < GROUPS) {
    let group = "";
    while (group.length < GROUP_LENGTH) {
      const byte = crypto.getRandomValues(new Uint8Array(1))[0] ?? 255;
      if (byte < limit) group += LETTERS[byte % LETTERS.length];
    }
    groups.push(group);
  }
  return groups.slice(0, GROUPS).join("-");
}
