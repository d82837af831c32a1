import { spawn } from "node:child_process";
import { utimesSync, watch } from "node:fs";
import { bundledNode } from "./node.mjs";
import { fromRoot, root } from "./root.mjs";
import { run } from "./run.mjs";

/** Time in which changes of several documents are one, in milliseconds. */
const TOGETHER_MS = 100;

/** Compiles on every change, and restarts the server when its code or a policy document changed. */
export async function develop(serveArguments) {
  const compiler = spawn(
    bundledNode(),
    [
      fromRoot("node_modules/typescript/bin/tsc"),
      "-p",
      "tsconfig.build.json",
      "--watch",
      "--preserveWatchOutput",
    ],
    { cwd: root, stdio: ["ignore", "inherit", "inherit"] },
  );
  const documents = watchDocuments(fromRoot("policies"));
  try {
    return await run({
      command: bundledNode(),
      commandArguments: [
        "--watch",
        "--watch-preserve-output",
        "--enable-source-maps",
        fromRoot("dist/src/cli.js"),
        "serve",
        ...serveArguments,
      ],
    });
  } finally {
    compiler.kill();
    documents.close();
  }
}

/** `--watch` knows only what the server imports, so a changed document touches what it does. */
export function watchDocuments(folder, program = fromRoot("dist/src/cli.js")) {
  let timer;
  const touch = () => {
    const now = new Date();
    utimesSync(program, now, now);
  };
  return watch(folder, { recursive: true }, (_event, name) => {
    if (!name?.endsWith(".yaml")) return;
    clearTimeout(timer);
    timer = setTimeout(touch, TOGETHER_MS);
  });
}
