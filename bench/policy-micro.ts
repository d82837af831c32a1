// What policy alone costs, in one process and with warm code: verdicts, plans, explanations.
//   npm run build && node_modules/.bin/node bench/policy-micro.ts [--json]
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
// @ts-ignore built from src, not there for the type checker
import { loadCatalog } from "../dist/src/catalog.js";
// @ts-ignore
import { fieldIn, typeIn } from "../dist/src/classification/catalog.js";
// @ts-ignore
import { PolicyEngine } from "../dist/src/policy/decisions.js";
// @ts-ignore
import { readPolicyFiles } from "../dist/src/policy/document.js";
// @ts-ignore
import { explainField } from "../dist/src/policy/explain.js";
// @ts-ignore
import { loadPolicy } from "../dist/src/policy/load.js";
// @ts-ignore
import { verdictFor } from "../dist/src/policy/verdict.js";
// @ts-ignore
import { callerBut, DemoRows } from "../dist/src/proving/demo-rows.js";
import { allSpeaking, type AnyPolicy, ofRules } from "./sized-policies.ts";

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 7);
const ROWS = 1_000;
const FIELDS = 20;
const NOW = new Date("2026-11-20T09:00:00Z");
const root = join(import.meta.dirname, "..");

/** What is measured of decisions; the build has the real type. */
interface Decided {
  readonly bound: { readonly policy: AnyPolicy };
  fieldPlan(field: object): {
    readonly constant: Verdict | null;
    readonly decide: (row: object) => Verdict;
  };
  decideTogether(fields: readonly object[]): (row: object) => readonly Verdict[];
}

interface Verdict {
  readonly rule: string;
}

const catalog = loadCatalog();
const real: AnyPolicy = loadPolicy(readPolicyFiles(join(root, "policies")), catalog);
const customer = typeIn(catalog, "Customer");
const rows = demoRows();
const fields = [...customer.fields.values()].slice(0, FIELDS);
const agent = callerBut({ name: "cs-agent", purpose: "SERVICE_DELIVERY", now: NOW, changes: {} });
/** A person's own record: nothing that is decided about it depends on the row. */
const person = callerBut({ name: "data-subject", purpose: "SELF_ACCESS", now: NOW, changes: {} });
/** What the loops add up to, so that none of them can be left out. */
let sum = 0;
let callers = 0;

/** Rows as the reader makes them: the attributes that rules read, in one shape, a few of them unlike. */
function demoRows(): Record<string, unknown>[] {
  const demo = new DemoRows(catalog, join(root, "test/policies"));
  const kinds = [
    {},
    {},
    {},
    { assignedAgentIds: ["cs-agent"] },
    { assignedAgentIds: ["cs-agent"], disputeOpen: true },
    { ageBand: "YOUTH" },
    { basisPurposes: [] },
  ];
  const names = [...customer.attributes.keys()];
  return Array.from({ length: ROWS }, (_, at) => {
    const row = demo.but("Customer", kinds[at % kinds.length] ?? {});
    return Object.fromEntries(names.map((name) => [name, row[name] ?? null]));
  });
}

/** Somebody whom no plan knows: their id is one that rules read. */
function newCaller(): typeof agent {
  callers += 1;
  return { ...agent, id: `0192a000-0000-7000-8000-${String(callers).padStart(12, "0")}` };
}

/**
 * Milliseconds that one run keeps this thread busy: the median of the rounds, each of them long enough to
 * be measured. Time in which others had the processor is not counted, since policy waits for nothing.
 */
function timed(run: () => void): number {
  const figures: number[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const end = performance.now() + 60;
    const start = busyMs();
    let runs = 0;
    do {
      run();
      runs += 1;
    } while (performance.now() < end);
    // The first one warms up.
    if (round > 0) figures.push((busyMs() - start) / runs);
  }
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
}

function busyMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** One verdict after the other, as a resolver asks for it: the plan of the field, then the row. */
function verdictUs(decisions: Decided, wanted: "constant" | "conditional"): number {
  const those = fields.filter(
    (field) => (decisions.fieldPlan(field).constant !== null) === (wanted === "constant"),
  );
  const ms = timed(() => {
    for (const row of rows) {
      for (const field of those) {
        const plan = decisions.fieldPlan(field);
        sum += (plan.constant ?? plan.decide(row)).rule.length;
      }
    }
  });
  return (ms * 1_000) / (rows.length * those.length);
}

function w7(decisions: Decided): { together: number; fieldByField: number } {
  const together = timed(() => {
    const decide = decisions.decideTogether(fields);
    for (const row of rows) for (const verdict of decide(row)) sum += verdict.rule.length;
  });
  const plans = fields.map((field) => decisions.fieldPlan(field));
  const fieldByField = timed(() => {
    for (const row of rows) for (const { decide } of plans) sum += decide(row).rule.length;
  });
  return { together, fieldByField };
}

function explaining(decisions: Decided): { ratio: number; us: number; firstMs: number } {
  const field = fieldIn(customer, "phone");
  const subjects = rows.slice(0, 100).map((row) => ({ ...row, __typename: "Customer" }));
  const { bound } = decisions;
  const asking = timed(() => {
    for (const row of subjects) sum += verdictFor(bound, row, field).rule.length;
  });
  const explainedMs = timed(() => {
    for (const row of subjects) sum += explainField(bound, row, field).rules.length;
  });
  const engine = new PolicyEngine({ policy: decisions.bound.policy, catalog });
  const binding = timed(() => void engine.decisionsFor(newCaller(), NOW));
  const firstMs = timed(() => {
    sum += explainField(engine.decisionsFor(newCaller(), NOW).bound, subjects[0], field).rules
      .length;
  });
  return { ratio: explainedMs / asking, us: explainedMs * 10, firstMs: firstMs - binding };
}

/** Milliseconds from a caller to the plans of all fields of a customer. */
function planMs(policy: AnyPolicy, next: () => { caller: typeof agent; at: Date }): number {
  const engine = new PolicyEngine({ policy, catalog });
  return timed(() => {
    const { caller, at } = next();
    sum += engine.decisionsFor(caller, at).planOf("Customer").size;
  });
}

const somebodyNew = (): { caller: typeof agent; at: Date } => ({ caller: newCaller(), at: NOW });
let seconds = 0;
const nextSecond = (): { caller: typeof agent; at: Date } => {
  seconds += 1;
  return { caller: agent, at: new Date(NOW.getTime() + seconds * 1_000) };
};

/** Kilobytes that the plans of one caller stay in memory with; the engine keeps 1,000 of them at most. */
function kilobytesPerCaller(policy: AnyPolicy): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const engine = new PolicyEngine({ policy, catalog });
  const kept = 500;
  engine.decisionsFor(newCaller(), NOW).planOf("Customer");
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let at = 0; at < kept; at += 1) engine.decisionsFor(newCaller(), NOW).planOf("Customer");
  collect();
  const after = process.memoryUsage().heapUsed;
  sum += engine.decisionsFor(agent, NOW).planOf("Customer").size;
  return (after - before) / kept / 1_024;
}

function measure(policy: AnyPolicy): Record<string, number> {
  const engine = new PolicyEngine({ policy, catalog });
  const decisions = engine.decisionsFor(agent, NOW);
  const { together, fieldByField } = w7(decisions);
  const { ratio, us, firstMs } = explaining(decisions);
  return {
    rules: policy.rules.length,
    verdictConstantUs: verdictUs(engine.decisionsFor(person, NOW), "constant"),
    verdictConditionalUs: verdictUs(decisions, "conditional"),
    planMs: planMs(policy, somebodyNew),
    planNextSecondMs: planMs(policy, nextSecond),
    w7PolicyMs: together,
    w7FieldByFieldMs: fieldByField,
    explainRatio: ratio,
    explainUs: us,
    explainFirstMs: firstMs,
    kilobytesPerCaller: kilobytesPerCaller(policy),
  };
}

const hundred = measure(ofRules(real, 100));
const thousand = measure(ofRules(real, 1_000));
const spoken = allSpeaking(real, 100);
const result = {
  ...hundred,
  planRealPolicyMs: planMs(real, somebodyNew),
  planAllSpeakingMs: planMs(spoken, somebodyNew),
  realPolicyRules: real.rules.length,
  timesTen: thousand,
};
if (process.argv.includes("--json")) console.log(JSON.stringify(result));
else {
  console.log("what                          100 rules   1,000 rules");
  for (const [name, value] of Object.entries(hundred))
    console.log(`${name.padEnd(26)} ${shown(value)}  ${shown(thousand[name])}`);
  console.log(
    `planRealPolicyMs           ${shown(result.planRealPolicyMs)}  (${real.rules.length} rules)`,
  );
  console.log(
    `planAllSpeakingMs          ${shown(result.planAllSpeakingMs)}  (100 rules, all about the caller)`,
  );
}
if (sum === 0) throw new Error("Nothing was decided.");

function shown(value: number | undefined): string {
  return (value ?? Number.NaN).toPrecision(3).padStart(12);
}
