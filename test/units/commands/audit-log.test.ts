import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseCheckpoint } from "../../../src/audit/notes/checkpoint.ts";
import { keptInFolder } from "../../../src/audit/publish-file.ts";
import {
  type AuditWorld,
  auditWorld,
  LOG_NAME,
  readingRecords,
} from "../../support/audit-world.ts";
import { eventually } from "../../support/eventually.ts";
import { buildProgram, startServerProcess } from "../../support/server-process.ts";
import { testMasterKeyFile } from "../../support/test-server.ts";

/** Processes take their time to start on a busy machine. */
const PATIENCE_MS = 120_000;
const cli = join(import.meta.dirname, "../../../dist/src/cli.js");
const folder = mkdtempSync(join(tmpdir(), "custodia-audit-command-"));

let world: AuditWorld;
beforeAll(async () => {
  await buildProgram();
  world = await auditWorld();
}, PATIENCE_MS);
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const settings = () => ({
  DATABASE_URL: world.database.url,
  DATA_DIR: folder,
  MASTER_KEY_FILE: testMasterKeyFile(),
});

function audit(...words: string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, ...settings() };
  const { promise, resolve } = Promise.withResolvers<{ code: number; said: string }>();
  const child = execFile(process.execPath, [cli, "audit", ...words], { env }, (_error, out, err) =>
    resolve({ code: child.exitCode ?? -1, said: out + err }),
  );
  return promise;
}

const keys = async (): Promise<string[][]> =>
  (await audit("keys")).said
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"));

async function startWitness(...words: string[]): Promise<{ child: ChildProcess; said: string }> {
  const files = ["--state", join(folder, "state.json"), "--key", join(folder, "witness.key")];
  const child = spawn(process.execPath, [
    cli,
    "audit",
    "witness",
    ...files,
    "--port",
    "0",
    ...words,
  ]);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (/^serves\t.*\n/m.test(said)) resolve(said);
    });
  child.once("exit", () => reject(new Error(`The witness ended: ${said}`)));
  return { child, said: await promise };
}

test(
  "a log is sealed, published and cosigned by processes of their own, and another key takes over",
  async () => {
    const [own] = await keys();
    expect(own).toEqual([
      "LOG",
      expect.any(String),
      "now",
      expect.stringMatching(`^${LOG_NAME}\\+`),
    ]);

    const witness = await startWitness("--log-key", own?.[3] ?? "");
    const key = /^witness\t(.+)$/m.exec(witness.said)?.[1] ?? "";
    const url = /^serves\t(.+)$/m.exec(witness.said)?.[1] ?? "";
    const published = join(folder, "published");
    const server = await startServerProcess({
      ...settings(),
      AUDIT_LOG_NAME: LOG_NAME,
      AUDIT_PUBLISH_FILE: published,
      AUDIT_WITNESSES: JSON.stringify([{ url, key }]),
    });
    const signers = async (): Promise<string[]> => {
      const { note } = parseCheckpoint(
        await (await fetch(`${server.url}/audit/checkpoint`)).text(),
      );
      return note.signatures.map(({ name }) => name);
    };
    await world.put(readingRecords(5));
    await eventually(async () =>
      expect(await signers()).toEqual([LOG_NAME, "custodia.local/witness"]),
    );
    await eventually(async () => {
      const note = await keptInFolder(published);
      expect(parseCheckpoint(note ?? "").note.signatures).toHaveLength(2);
    });

    const rotated = await audit("rotate-key");
    expect(rotated).toEqual({ code: 0, said: expect.stringContaining(`retired\t${own?.[3]}\n`) });
    expect((await keys()).map(([kind, , until]) => `${kind} ${until === "now"}`)).toEqual([
      "LOG false",
      "LOG true",
      "WITNESS true",
    ]);
    await world.put(readingRecords(5));
    await eventually(async () =>
      expect(await world.value("select tree_size from log_head")).toBe("10"),
    );

    await server.stop();
    witness.child.kill("SIGTERM");
    await once(witness.child, "exit");
  },
  PATIENCE_MS,
);

test.each([
  ["a log key that is none", ["--log-key", "nonsense"], /--log-key: not name\+id\+key/],
  ["a port that is none", ["--log-key", "nonsense", "--port", "x"], /--port: a number/],
])(
  "a witness is refused %s",
  async (_name, words, said) => {
    const files = ["--state", join(folder, "none.json"), "--key", join(folder, "none.key")];
    expect(await audit("witness", ...files, ...words)).toEqual({
      code: 2,
      said: expect.stringMatching(said),
    });
  },
  PATIENCE_MS,
);

test(
  "no key is made for a log that is damaged",
  async () => {
    await world.pool.query("alter table log_tile disable trigger user");
    await world.pool.query(
      "update log_tile set hashes = set_byte(hashes, 4, get_byte(hashes, 4) # 1) where level = 0",
    );
    expect(await audit("rotate-key")).toEqual({
      code: 1,
      said: expect.stringContaining("The decision log is damaged, and no key signs it"),
    });
  },
  PATIENCE_MS,
);
