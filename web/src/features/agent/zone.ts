/** The part of a zone's name that people know: "Africa/Porto-Novo" → "Porto-Novo". */
export function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}
