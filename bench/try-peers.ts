import { openCluster } from "./data/cluster.ts";
import { filledDatabase, copyOf } from "./data/filled-database.ts";
import { readOptions } from "./lib/options.ts";
import { PEERS } from "./peers.ts";
import { tokensFor } from "./callers.ts";
import { findFixtures } from "./fixtures.ts";
import { WORKLOADS } from "./workloads.ts";
import { askOnce } from "./run/load.ts";
import { stopServers } from "./run/children.ts";
import { writeFileSync } from "node:fs";
const o = readOptions(["--smoke"], {});
const c = await openCluster("/var/tmp/bench-cache");
try {
  const f = await filledDatabase(c, { size: o.data, onProgress: console.log });
  const url = await copyOf(c, f.name, "try");
  const env = { ...process.env, NODE_ENV: "production", GRAPHILE_ENV: "production", CUSTODIA_MODE: "development", DATA_DIR: c.dataDir, PORT: "0", LOG_LEVEL: "warn", RATE_LIMIT_PER_MINUTE: "100000000", MAX_PAGE_SIZE: "1000" };
  const t = tokensFor(env);
  let fx: any;
  for (const p of [PEERS[1]!, ...PEERS.filter((x) => x.name !== "custodia")]) {
    if (process.argv[2] && ![ "custodia", ...process.argv[2].split(",")].includes(p.name)) continue;
    try {
      const s = await p.start(url, env);
      fx ??= await findFixtures(s.address, t);
      for (const w of WORKLOADS) {
        if (!w.peers.includes(p.name)) continue;
        const [q] = w.questions(fx);
        const { status, text } = await askOnce(s.address, await p.request(q!, t));
        console.log(p.name, w.name, status, text.length, text.slice(0, 260));
        writeFileSync(`/tmp/answers/${p.name}-${w.name}.json`, text);
      }
      console.log(await s.probe());
      await s.stop();
    } catch (e) { console.log(p.name, "FAILED", e); }
  }
} finally { await stopServers(); await c.close(); }
