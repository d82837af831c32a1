import { open, readFile, rename } from "node:fs/promises";
import type { WrappedLogKey } from "../sealing/log-key.ts";
import { BootError } from "../lib/boot-error.ts";
import type { WitnessedLog, WitnessMemory } from "./witness.ts";

/** What a witness keeps in its file: its key and what it has seen, so that one is never used without the other. */
export interface WitnessState extends WitnessMemory {
  readonly key: WrappedLogKey;
}

interface Stored {
  readonly key: {
    readonly name: string;
    readonly publicKey: string;
    readonly wrappedSeed: string;
    readonly masterKeyId: string;
  };
  readonly logs: Readonly<
    Record<string, { readonly size: number; readonly root: string; readonly note: string }>
  >;
}

/**
 * Opens the state of a witness, or begins it with a new key. A witness whose state is lost has lost its
 * key as well: it can't cosign anything that contradicts what it has forgotten.
 *
 * @throws BootError for a file that is no state
 */
export async function openWitnessState(request: {
  path: string;
  newKey: () => Promise<WrappedLogKey>;
}): Promise<WitnessState> {
  const { path, newKey } = request;
  const stored = await readState(path);
  const key = stored === null ? await newKey() : keyIn(stored);
  const logs = new Map(
    Object.entries(stored?.logs ?? {}).map(([origin, log]) => [origin, logIn(log)]),
  );
  const write = (): Promise<void> => writeState(path, { key: inText(key), logs: logsInText(logs) });
  if (stored === null) await write();
  return {
    key,
    get: (origin) => logs.get(origin) ?? null,
    put: async (origin, log) => {
      const before = logs.get(origin);
      logs.set(origin, log);
      try {
        await write();
      } catch (error) {
        if (before === undefined) logs.delete(origin);
        else logs.set(origin, before);
        throw error;
      }
    },
  };
}

async function readState(path: string): Promise<Stored | null> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Stored;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    if (error instanceof SyntaxError) throw new BootError(`${path} is not the state of a witness.`);
    throw error;
  }
}

async function writeState(path: string, state: Stored): Promise<void> {
  const file = await open(`${path}.new`, "w", 0o600);
  try {
    await file.writeFile(`${JSON.stringify(state, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}

function keyIn({ key }: Stored): WrappedLogKey {
  return {
    ...key,
    publicKey: Buffer.from(key.publicKey, "base64"),
    wrappedSeed: Buffer.from(key.wrappedSeed, "base64"),
  };
}

function inText(key: WrappedLogKey): Stored["key"] {
  return {
    name: key.name,
    masterKeyId: key.masterKeyId,
    publicKey: key.publicKey.toString("base64"),
    wrappedSeed: key.wrappedSeed.toString("base64"),
  };
}

function logIn({ size, root, note }: Stored["logs"][string]): WitnessedLog {
  return { size, root: Buffer.from(root, "base64"), note };
}

function logsInText(logs: ReadonlyMap<string, WitnessedLog>): Stored["logs"] {
  return Object.fromEntries(
    [...logs].map(([origin, { size, root, note }]) => [
      origin,
      { size, root: root.toString("base64"), note },
    ]),
  );
}
