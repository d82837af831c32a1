import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { packageRoot } from "../../../src/lib/package-root.ts";
import { eventually } from "../../support/eventually.ts";

const script = pathToFileURL(join(packageRoot(), "scripts/bootstrap/develop.mjs")).href;
const { watchDocuments } = (await import(script)) as {
  watchDocuments: (folder: string, program: string) => { close(): void };
};

test("a program under --watch starts again when a policy document changes, and not for other files", async () => {
  const folder = mkdtempSync(join(tmpdir(), "custodia-develop-"));
  mkdirSync(join(folder, "policies/roles"), { recursive: true });
  const program = join(folder, "program.mjs");
  writeFileSync(program, 'console.log("started"); setInterval(() => {}, 1000);');
  const child = spawn(process.execPath, ["--watch", "--watch-preserve-output", program]);
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  const starts = (): number => said.split("started").length - 1;
  const documents = watchDocuments(join(folder, "policies"), program);
  try {
    await eventually(() => Promise.resolve(expect(starts()).toBe(1)));
    writeFileSync(join(folder, "policies/roles/notes.txt"), "nothing");
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(starts()).toBe(1);
    writeFileSync(join(folder, "policies/roles/agent.yaml"), "role: AGENT");
    await eventually(() => Promise.resolve(expect(starts()).toBe(2)));
  } finally {
    documents.close();
    child.kill();
    rmSync(folder, { recursive: true });
  }
}, 30_000);
