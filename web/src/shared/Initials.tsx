import classes from "./Initials.module.css";

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return `${words[0]?.[0] ?? ""}${last[0] ?? ""}`.toUpperCase();
}

/** A round sign with a person's initials; decoration beside the name. */
export function Initials({ name, size = 32 }: { name: string; size?: number }) {
  return (
    <span
      aria-hidden
      className={classes.initials}
      style={{ width: size, height: size, fontSize: size * 0.4 }}
    >
      {initialsOf(name)}
    </span>
  );
}
