/** Ends the run's server and removes its folder. */
export default async function globalTeardown(): Promise<void> {
  await globalThis.stopTestServer?.();
}
