import { mkdir, open, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import type { SignedHead } from "./log-proofs.ts";

const NEWEST = "checkpoint";

/**
 * Keeps a checkpoint in a folder: as `checkpoint`, the newest one, and under its size for good. Each
 * file is whole at every moment, also after a crash.
 */
export async function publishToFolder(folder: string, head: SignedHead): Promise<void> {
  const day = join(folder, head.sealedAt.toISOString().slice(0, 10));
  await mkdir(day, { recursive: true });
  await writeWhole(join(day, `${String(head.treeSize).padStart(16, "0")}.checkpoint`), head.note);
  await writeWhole(join(folder, NEWEST), head.note);
}

/** The newest checkpoint that a folder keeps; null where it keeps none. */
export async function keptInFolder(folder: string): Promise<string | null> {
  try {
    return await readFile(join(folder, NEWEST), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const written = `${path}.${process.pid}.new`;
  const file = await open(written, "w");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(written, path);
}
