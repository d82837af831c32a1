import "reflect-metadata";

// The product as it is, but for one thing: records of decisions are made and then dropped. It tells what
// writing them costs, and must never serve anybody.
const { createApp } = await import("../dist/src/app.js");
const { loadConfig } = await import("../dist/src/config.js");
const app = await createApp({
  config: loadConfig(),
  seed: null,
  overrides: { sink: { write: () => Promise.resolve() } },
});
console.log(`serves ${await app.listen()}`);
process.once("SIGTERM", () => void app.close());
