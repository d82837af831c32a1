import { BootError } from "../lib/boot-error.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "access is denied",
  ENOSPC: "the disk is full",
};

/** Says what is wrong with a file in one line, where the operating system refused it. */
export async function fileProblems<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { code, path } = Object(error) as { code?: string; path?: string };
    const reason = REASONS[code ?? ""];
    if (reason === undefined) throw error;
    throw new BootError(
      path === undefined ? `A file can't be used: ${reason}.` : `${path}: ${reason}.`,
    );
  }
}
