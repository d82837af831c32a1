import { setTimeout as pause } from "node:timers/promises";
import type { PolicyVersionRecord } from "../../src/database/policy-version-record.ts";
import { createLogger } from "../../src/http/logger.ts";
import { digestOf, type PolicyFile } from "../../src/policy/document.ts";
import { ServedPolicy } from "../../src/served-policy.ts";
import { CATALOG } from "../support/policy-world.ts";
import { smallPolicy } from "../support/small-policy.ts";

const unavailable = expect.objectContaining({ code: "SERVICE_UNAVAILABLE" });

/** A node that serves what `active` gives. */
function node(active: () => Partial<PolicyVersionRecord> | null): ServedPolicy {
  return new ServedPolicy({
    versions: { active: async () => active() as PolicyVersionRecord | null },
    catalog: CATALOG,
    limitMs: 50,
    logger: createLogger({ level: "silent" }),
  });
}

function stored(documents: readonly PolicyFile[]): Partial<PolicyVersionRecord> {
  return { digest: digestOf(documents), documents };
}

const FIRST = stored(smallPolicy());
const SECOND = stored(smallPolicy({ "rows.yaml": (text) => `${text}\n# another\n` }));

test("nothing is served before anything was loaded", () => {
  const served = node(() => FIRST);
  expect(() => served.current()).toThrow(unavailable);
  expect(served.fault()).not.toBeNull();
});

test("the active version is served, and the next one once it is told", async () => {
  let active = FIRST;
  const served = node(() => active);
  await served.refresh();
  const engine = served.current();
  expect(engine.policy.version).toBe(FIRST.digest);
  await served.refresh();
  expect(served.current()).toBe(engine);
  active = SECOND;
  await served.refresh();
  expect(served.current().policy.version).toBe(SECOND.digest);
});

test.each([
  [
    "that has a word which this release does not know",
    stored(
      smallPolicy({ "rows.yaml": (text) => text.replace("may:", "mya:").replace("when:", "whn:") }),
    ),
  ],
  [
    "whose documents are not those of its digest",
    { ...SECOND, digest: FIRST.digest?.replace(/^./, "f") ?? "" },
  ],
  ["that is none at all", null],
])(
  "an active version %s stops the node, instead of the one before being served on",
  async (_name, next) => {
    let active: Partial<PolicyVersionRecord> | null = FIRST;
    const served = node(() => active);
    await served.refresh();
    active = next;
    await served.refresh();
    expect(() => served.current()).toThrow(unavailable);
    active = FIRST;
    await served.refresh();
    expect(served.current().policy.version).toBe(FIRST.digest);
  },
);

test("documents that are tampered with while they are served stop the node as well", async () => {
  let documents = FIRST.documents;
  const served = node(() => ({ ...FIRST, documents: documents ?? [] }));
  await served.refresh();
  documents = SECOND.documents;
  await served.refresh();
  expect(() => served.current()).toThrow(unavailable);
});

test("a database that does not answer is asked again, and too long a silence stops the node", async () => {
  let isUp = true;
  const served = node(() => {
    if (!isUp) throw new Error("connection refused");
    return FIRST;
  });
  await served.refresh();
  isUp = false;
  await served.refresh();
  expect(served.current().policy.version).toBe(FIRST.digest);
  await pause(60);
  expect(() => served.current()).toThrow(unavailable);
  isUp = true;
  await pause(250);
  expect(served.current().policy.version).toBe(FIRST.digest);
  served.close();
});
