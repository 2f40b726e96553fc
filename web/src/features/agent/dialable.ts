/** A number as typed, without what people put between digits; "00" is "+". */
export function dialable(typed: string): string {
  const bare = typed.replace(/[^\d+*#]/g, "");
  return bare.startsWith("00") ? `+${bare.slice(2)}` : bare;
}
