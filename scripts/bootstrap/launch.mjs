import { build } from "./build.mjs";
import { develop } from "./develop.mjs";
import { install } from "./install.mjs";
import { bundledNode } from "./node.mjs";
import { Refusal, explainSystemError } from "./refusal.mjs";
import { fromRoot } from "./root.mjs";
import { run } from "./run.mjs";

// Requests and tests make and drop many small things: with room for them, half as much is collected.
const ROOM = "--max-semi-space-size=64";

const jest = [
  "--experimental-vm-modules",
  "--disable-warning=ExperimentalWarning",
  ROOM,
  fromRoot("node_modules/jest/bin/jest.js"),
];

/** What may be launched: what has to be built first, and how it is run on our own Node. */
const programs = {
  custodia: {
    build: true,
    nodeArguments: ["--enable-source-maps", ROOM, fromRoot("dist/src/cli.js")],
  },
  test: { build: true, nodeArguments: jest },
  "test-long": { build: true, nodeArguments: jest, env: { CUSTODIA_LONG: "1" } },
  jest: { build: false, nodeArguments: jest },
  build: { build: true },
  install: { build: false },
  dev: { build: true, start: develop },
  bench: { build: true, nodeArguments: [fromRoot("bench/bench.ts")] },
  // Needs nothing of the server's code: it asks one, whoever's it is.
  leaks: { build: false, nodeArguments: [fromRoot("leaks/main.ts")] },
};

/** Installs and builds what is out of date, then runs the program and exits with its code. */
export async function launch(name, programArguments) {
  try {
    const program = programs[name];
    if (!program)
      throw new Refusal(`no program "${name}"; there are: ${Object.keys(programs).join(", ")}.`);
    await install();
    if (program.build) await build();
    process.exitCode = await start(program, programArguments);
  } catch (error) {
    console.error(`custodia: ${explainSystemError(error)}`);
    process.exitCode = 1;
  }
}

function start(program, programArguments) {
  if (program.start) return program.start(programArguments);
  if (!program.nodeArguments) return 0;
  return run({
    command: bundledNode(),
    commandArguments: [...program.nodeArguments, ...programArguments],
    // Machine code of the last start: a command begins a quarter sooner. Node goes on without it.
    env: {
      NODE_COMPILE_CACHE: fromRoot("node_modules/.cache/node"),
      ...process.env,
      ...program.env,
    },
  });
}
