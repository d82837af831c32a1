import { spawn } from "node:child_process";
import { join } from "node:path";
import { packageRoot } from "../../src/lib/package-root.ts";
import type { TestServer } from "./start-test-server.ts";
import type { Transcript } from "./transcript.ts";

const PROGRAM = join(packageRoot(), "dist", "src", "cli.js");

/** How a command ended, and what it printed. */
export interface Ran {
  readonly code: number | null;
  readonly said: string;
}

/** Runs `custodia` commands of the built program in a folder, with the keys of a server's own issuer. */
export function custodiaBeside(
  server: TestServer,
  { folder, transcript }: { folder: string; transcript: Transcript },
): (words: readonly string[]) => Promise<Ran> {
  const env = { DATA_DIR: server.app.services.config.dataDir };
  return (words) =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, [PROGRAM, ...words], { cwd: folder, env });
      let said = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (text: Buffer) => void (said += text.toString()));
      child.once("close", (code) => {
        transcript.ran(`custodia ${words.map(quoted).join(" ")}`, said);
        resolve({ code, said });
      });
    });
}

function quoted(word: string): string {
  return /[\s"'$]/.test(word) ? `'${word}'` : word;
}
