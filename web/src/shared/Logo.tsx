/** The mark: a door post, two arms that open, and the one who is welcomed. */
export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="#b3431c" />
      <path d="M10 7.5v17" stroke="#fff" strokeWidth="3.6" strokeLinecap="round" />
      <path
        d="M22.5 7.8a9.2 9.2 0 0 1-8.6 8.2 9.2 9.2 0 0 1 8.6 8.2"
        fill="none"
        stroke="#fff"
        strokeWidth="3.6"
        strokeLinecap="round"
      />
      <circle cx="23.4" cy="16" r="2.1" fill="#f6b94a" />
    </svg>
  );
}
