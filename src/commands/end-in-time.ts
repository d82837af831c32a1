/** Beside the time that requests in flight have: to write what is left and to close connections. */
const CLOSING_MS = 15_000;

/**
 * Ends a process that was told to stop even where something holds it up, such as a connection that does not
 * end: whoever stops servers waits for them. What held it is said by kind, for whoever looks for it.
 *
 * @param graceMs time that requests in flight have, in milliseconds
 */
export function endInTime(graceMs: number): void {
  const last = setTimeout(() => {
    const held = [...new Set(process.getActiveResourcesInfo())].join(", ");
    process.stderr.write(`custodia: stopped while something was still open (${held}).\n`);
    process.exit(1);
  }, graceMs + CLOSING_MS);
  // It ends what does not end by itself, and holds up nothing.
  last.unref();
}
