import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { announceWhenLong, capture } from "./capture.mjs";
import { withLock } from "./lock.mjs";
import { bundledNode } from "./node.mjs";
import { Refusal } from "./refusal.mjs";
import { fromRoot, root } from "./root.mjs";

const sourceFolders = ["src", "seeds"];
const buildSettings = ["tsconfig.json", "tsconfig.build.json", "package-lock.json"];
const stampFile = fromRoot("dist/.built");

/** Compiles to `dist/` when a source changed since the last build; costs a few milliseconds otherwise. */
export async function build() {
  // An image may carry `dist/` without the sources.
  if (!existsSync(fromRoot("src")) || isBuilt(sourceFingerprint())) return;
  await withLock(async () => {
    const fingerprint = sourceFingerprint();
    if (isBuilt(fingerprint)) return;
    await compile();
    writeFileSync(stampFile, fingerprint);
  });
}

function isBuilt(fingerprint) {
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === fingerprint;
}

/** Number, total size and latest change of the sources: enough to notice any edit, move or checkout. */
function sourceFingerprint() {
  let latestMs = 0;
  let bytes = 0;
  const files = [
    ...sourceFolders.flatMap((folder) => filesBelow(fromRoot(folder))),
    ...buildSettings.map(fromRoot),
  ];
  for (const file of files) {
    const { mtimeMs, size } = statSync(file);
    latestMs = Math.max(latestMs, mtimeMs);
    bytes += size;
  }
  return `${files.length} files, ${bytes} bytes, ${latestMs}`;
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

async function compile() {
  mkdirSync(fromRoot("dist"), { recursive: true });
  // Without its output the compiler's memory of the last build would make it write nothing.
  if (!existsSync(fromRoot("dist/src/cli.js")))
    rmSync(fromRoot("dist/.tsbuildinfo"), { force: true });
  const stopAnnouncing = announceWhenLong("building …");
  const { code, output } = await capture({
    command: bundledNode(),
    commandArguments: [
      fromRoot("node_modules/typescript/bin/tsc"),
      "-p",
      fromRoot("tsconfig.build.json"),
      "--pretty",
      "false",
    ],
    cwd: root,
  }).finally(stopAnnouncing);
  if (code !== 0) throw new Refusal(`the build failed:\n${output.trimEnd()}`);
}
