import type { SignedHead } from "./log-proofs.ts";

const TIMEOUT_MS = 5_000;

/** Somebody who keeps checkpoints did not take one. */
export class PublishError extends Error {
  override readonly name = "PublishError";
}

/**
 * Hands a checkpoint to an address whose owner keeps them. PUT, so that the same one can be sent again.
 *
 * @throws PublishError, or whatever the connection failed with
 */
export async function publishToUrl(url: string, head: SignedHead): Promise<void> {
  const response = await fetch(url, {
    method: "PUT",
    body: head.note,
    headers: { "content-type": "text/plain; charset=utf-8" },
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await response.body?.cancel();
  if (!response.ok) throw new PublishError(`The keeper answered ${response.status}`);
}
