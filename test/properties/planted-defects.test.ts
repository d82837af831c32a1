import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import type { AttributeValues } from "../../src/policy/condition.ts";
import { Decisions } from "../../src/policy/decisions.ts";
import type { Plan } from "../../src/policy/plan.ts";
import { generatedRow } from "../support/generated-conditions.ts";
import { generatedRules, THING } from "../support/generated-policy.ts";
import { without } from "../support/generated-rows.ts";
import {
  expectCaslAgrees,
  expectNoneRaised,
  expectPlansAgree,
  expectRowsAgree,
  generatedCaller,
  type Situation,
  underRules,
} from "../support/situations.ts";
import { Comparison } from "./reference/compare.ts";
import { askedBy } from "./reference/read-answer.ts";
import { serveWorld } from "./reference/served-world.ts";

/* A test that cannot fail is a defect: each property is shown a defect here, and notices it. */

const POLICIES = join(import.meta.dirname, "../../policies");
const situation = fc
  .tuple(generatedRules, generatedCaller, generatedRow)
  .map(([rules, who, row]) => ({ rules, who, row, type: THING }));
type Drawn = typeof situation extends fc.Arbitrary<infer Value> ? Value : never;

const isStop = ({ kind }: Drawn["rules"][number]): boolean =>
  kind === "stop" || kind === "row-stop";

/** Decisions that plan by other decisions. */
class Defective extends Decisions {
  readonly #plans: Pick<Decisions, "planOf">;

  constructor(bound: Decisions["bound"], plans: Pick<Decisions, "planOf">) {
    super(bound);
    this.#plans = plans;
  }

  override planOf(type: string): Plan {
    return this.#plans.planOf(type);
  }
}

function whole({ rules, who, row, type }: Drawn): Situation {
  return { decisions: underRules(rules, who), type, row };
}

/** The same with plans or rules in which every stop is lost. */
function withoutStops({ rules, who, row, type }: Drawn): Situation {
  return {
    decisions: underRules(
      rules.filter((rule) => !isStop(rule)),
      who,
    ),
    type,
    row,
  };
}

test.each<[string, (drawn: Drawn) => void]>([
  [
    "a plan that lost the stops",
    (drawn) => {
      const { bound } = whole(drawn).decisions;
      expectPlansAgree({
        ...drawn,
        decisions: new Defective(bound, withoutStops(drawn).decisions),
      });
    },
  ],
  [
    "verdicts that CASL does not give",
    (drawn) => {
      const { bound: held } = whole(drawn).decisions;
      const { ability } = held;
      const { rules } = withoutStops(drawn).decisions.bound;
      const other = withoutStops(drawn).decisions.bound.ability;
      const bound = { ...held, rules };
      // The rules and CASL's own ability fell apart.
      expectCaslAgrees({
        ...drawn,
        decisions: new Decisions({ ...bound, ability: mixed(ability, other) }),
      });
    },
  ],
  [
    "an attribute that was not loaded and counts as null",
    (drawn) => {
      const held = whole(drawn);
      const plans = { planOf: (type: string) => forgiving(held.decisions.planOf(type)) };
      for (const name of Object.keys(drawn.row)) {
        const row = without(drawn.row, name);
        expectPlansAgree({ ...held, row, decisions: new Defective(held.decisions.bound, plans) });
      }
    },
  ],
  ["a stop that raises", (drawn) => expectNoneRaised(whole(drawn), withoutStops(drawn))],
  [
    "rows that are seen without the stops",
    (drawn) => {
      const lost = withoutStops(drawn).decisions;
      const decisions = whole(drawn).decisions;
      seeAs(decisions, lost);
      expectRowsAgree({ ...drawn, decisions });
    },
  ],
])("%s is noticed", (_name, property) => {
  expect(fc.check(fc.property(situation, property), { numRuns: 1_000 }).failed).toBe(true);
});

/** What rows may be seen, by other decisions. */
function seeAs(decisions: Decisions, other: Decisions): void {
  decisions.rows = (action, type) => other.rows(action, type);
}

/** Asks one ability which rule is relevant, and the other what can be done. */
function mixed(
  one: Decisions["bound"]["ability"],
  other: Decisions["bound"]["ability"],
): Decisions["bound"]["ability"] {
  return new Proxy(one, {
    get: (target, name) => {
      const from = name === "relevantRuleFor" ? other : target;
      const value: unknown = Reflect.get(from, name);
      return typeof value === "function" ? (value as () => unknown).bind(from) : value;
    },
  });
}

/** Plans that read null where nothing was loaded. */
function forgiving(plan: Plan): Plan {
  return new Map(
    [...plan].map(([name, field]) => {
      const nothing = Object.fromEntries(field.attributes.map((attribute) => [attribute, null]));
      const decide = (row: AttributeValues) => field.decide({ ...nothing, ...row });
      return [name, { ...field, decide }];
    }),
  );
}

test.each([
  [
    "a grant that is raised",
    "roles/internal-auditor.yaml",
    "EXISTS: [IDENTITY,",
    "PARTIAL: [IDENTITY,",
  ],
  [
    "a stop that is lost",
    "stops/context.yaml",
    "trainingValidUntil: { gte: $now }",
    "purpose: { exists: true }",
  ],
  ["a rule that shows more rows", "rows.yaml", "      inTransfer: true", "      {}"],
])(
  "the reference notices %s",
  async (_name, file, piece, other) => {
    const folder = mkdtempSync(join(tmpdir(), "policies-"));
    cpSync(POLICIES, folder, { recursive: true });
    const text = readFileSync(join(folder, file), "utf8");
    expect(text).toContain(piece);
    const changed =
      other === "      {}" ? text.replaceAll(`\n${piece}`, "") : merged(text, piece, other);
    writeFileSync(join(folder, file), changed);
    const served = await serveWorld({ POLICY_DIR: folder });
    const query = `{ customers(first: 40) { totalCount nodes { __typename id idNumber bankAccount taxNo } } }`;
    const asked = askedBy(query);
    let isNoticed = false;
    // Whoever has none of these roles would not see any of the defects; most show with the first who asks.
    const roles = ["INTERNAL_AUDITOR", "DATA_STEWARD", "TRANSFER_MANAGER"];
    for (const asker of served.askers) {
      if (isNoticed || !roles.some((role) => asker.facts.roles.includes(role))) continue;
      const answer = await served.ask(asker, query);
      const comparison = new Comparison(asker.facts, served.world, answer);
      isNoticed = fails(() => comparison.compareQuery(asked, answer.data ?? {}));
    }
    await served.close();
    expect(isNoticed).toBe(true);
  },
  120_000,
);

function fails(work: () => void): boolean {
  try {
    work();
    return false;
  } catch {
    return true;
  }
}

/** Replaces a piece, and takes a key that would then stand twice out of the line before it. */
function merged(text: string, piece: string, other: string): string {
  if (!other.startsWith("PARTIAL")) return text.replaceAll(piece, other);
  return text
    .replace("PARTIAL: [NAME, CONTACT]", "PARTIAL: [NAME, CONTACT, IDENTITY]")
    .replace(piece, "EXISTS: [");
}
