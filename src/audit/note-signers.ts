import type { LogKey, WrappedLogKey } from "../sealing/log-key.ts";
import type { NoteSigner } from "./notes/sign-note.ts";
import { type VerifierKey, verifierKeyOf } from "./notes/verifier-key.ts";
import type { StoredLogKey } from "./sealed-log.ts";

/** Opens the private half of a key; only the room of keys can. */
export type OpenLogKey = (row: WrappedLogKey) => Promise<LogKey>;

/** Public half of a key of the log, as its signatures are verified. */
export function verifierOf({
  name,
  publicKey,
}: Pick<WrappedLogKey, "name" | "publicKey">): VerifierKey {
  return verifierKeyOf({ name, kind: "NOTE", publicKey });
}

/** What signs notes with an opened key. */
export function signerOf(key: LogKey): NoteSigner {
  return { key: verifierOf(key), sign: (bytes) => key.sign(bytes) };
}

/** Keys of the log that are open. The master key may lie with a service, so each is opened once. */
export class NoteSigners {
  readonly #open: OpenLogKey;
  readonly #opened = new Map<string, NoteSigner>();

  constructor(open: OpenLogKey) {
    this.#open = open;
  }

  /**
   * What signs for a stored key.
   *
   * @throws INTERNAL_SERVER_ERROR as a `KeyUnwrapError` under another master key
   */
  async signerFor(row: StoredLogKey): Promise<NoteSigner> {
    const known = this.#opened.get(row.id) ?? signerOf(await this.#open(row));
    this.#opened.set(row.id, known);
    return known;
  }
}
