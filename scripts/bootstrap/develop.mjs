import { spawn } from "node:child_process";
import { bundledNode } from "./node.mjs";
import { fromRoot, root } from "./root.mjs";
import { run } from "./run.mjs";

/** Compiles on every change and restarts the server when its code changed. */
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
  }
}
