/** The mark of Gatehouse: an arch with its portcullis. Our own drawing. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flex: 'none' }}>
      <rect width="32" height="32" rx="8" fill="var(--gh-ink)" />
      <g fill="none" stroke="var(--gh-on-ink)" strokeLinecap="round">
        <path d="M8 24.5V15a8 8 0 0 1 16 0v9.5" strokeWidth="2.6" />
        <path d="M12.4 15.4v9.1M16 13.2v11.3M19.6 15.4v9.1" strokeWidth="1.8" />
        <path d="M8.6 19.2h14.8" strokeWidth="1.5" />
      </g>
    </svg>
  );
}
