import { randomBytes, randomUUID, type KeyObject } from "node:crypto";
import {
  closeSync,
  existsSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { MasterKeyError } from "./sealing-errors.ts";
import { KEY_BYTES, secretKeyFrom } from "./secret-key.ts";

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;
const GROUP_AND_OTHERS = 0o077;

/** Windows has no mode bits; there the access list of the folder is what protects the file. */
const HAS_MODES = process.platform !== "win32";

/**
 * Makes a key file unless there is one. Several nodes may start at once on one machine: the bytes
 * are written beside the path and then linked to it, which only one of them can do, and nobody
 * reads half a key.
 *
 * @throws INTERNAL_SERVER_ERROR as a `MasterKeyError` when the file can't be written
 */
export function createKeyFile(path: string): void {
  if (existsSync(path)) return;
  const draft = `${path}.${randomUUID()}`;
  try {
    // Only the keys' own folder is closed: the database of root's server stands beside it.
    mkdirSync(dirname(dirname(path)), { recursive: true });
    mkdirSync(dirname(path), { recursive: true, mode: OWNER_ONLY_FOLDER });
    // Flushed, since rows wrapped by this key may reach the disk before it does.
    const options = { flag: "wx", mode: OWNER_ONLY_FILE, flush: true };
    writeFileSync(draft, randomBytes(KEY_BYTES), options);
    linkThenUnlink({ draft, path });
  } catch (error) {
    throw new MasterKeyError(
      `Master key file ${path} can't be created (${codeOf(error)}); check its folder`,
    );
  }
}

/**
 * Reads a key file. Mode and content are those of one open file, so it can't be exchanged in
 * between.
 *
 * @throws INTERNAL_SERVER_ERROR as a `MasterKeyError` when it is missing, open to others, or not 32
 * bytes
 */
export function readKeyFile(path: string): KeyObject {
  const file = openToRead(path);
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw new MasterKeyError(`Master key file ${path} is not a file`);
    if (HAS_MODES && (stat.mode & GROUP_AND_OTHERS) !== 0) {
      throw new MasterKeyError(
        `Master key file ${path} is open to group or others; run: chmod 600 ${path}`,
      );
    }
    if (stat.size !== KEY_BYTES) {
      throw new MasterKeyError(
        `Master key file ${path} holds ${stat.size} bytes instead of ${KEY_BYTES}`,
      );
    }
    return secretKeyFrom(readFileSync(file));
  } finally {
    closeSync(file);
  }
}

function linkThenUnlink({ draft, path }: { draft: string; path: string }): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    unlinkSync(draft);
  }
}

function openToRead(path: string): number {
  try {
    return openSync(path, "r");
  } catch (error) {
    throw new MasterKeyError(`Master key file ${path} can't be read (${codeOf(error)})`);
  }
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error
    ? String(error.code)
    : "unknown reason";
}
