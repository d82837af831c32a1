import { BootError } from "../../lib/boot-error.ts";

const meanings: Readonly<Record<string, string>> = {
  EACCES: "this user may not write it",
  EPERM: "this user may not write it",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
  ENOTDIR: "it is not a folder",
  EEXIST: "it is not a folder",
  ENOTEMPTY: "it holds something that is not a database",
};

/**
 * Does work on a data directory and turns the file system's usual refusals into one clear line.
 *
 * @throws BootError for those refusals; everything else passes unchanged
 */
export async function explainFileErrors<T>(
  dataDirectory: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    const meaning = meanings[code ?? ""];
    if (meaning === undefined) throw error;
    throw new BootError(
      `Cannot use ${path ?? dataDirectory}: ${meaning}. Choose another DATA_DIR or mend the folder.`,
    );
  }
}
