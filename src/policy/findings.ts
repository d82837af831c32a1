import type { Catalog } from "../classification/catalog.ts";
import { CATEGORIES } from "../classification/classification.ts";
import { addingUp } from "./adding-up.ts";
import { fewCandidates } from "./few-candidates.ts";
import type { PolicyFault } from "./fault.ts";
import type { Policy, PolicyRule } from "./rule.ts";
import { type RuleRecord, surveyPolicy } from "./survey.ts";

/** Something that a sound policy should not have: an error is surely a slip, a warning may be meant. */
export interface Finding extends PolicyFault {
  readonly severity: "error" | "warning";
}

/** What is odd in a policy that loads, in the order of files and lines. */
export function findingsIn(policy: Policy, catalog: Catalog, now: Date): Finding[] {
  const survey = surveyPolicy(policy, catalog, now);
  const { isWhole } = survey;
  const aboutRules = [...survey.rules].flatMap(([rule, record]) =>
    aboutRule({ rule, record, isWhole }),
  );
  return [
    ...aboutRules,
    ...withoutGrant(policy, catalog),
    ...addingUp(policy, catalog),
    ...fewCandidates(policy, catalog, now),
  ].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
}

function aboutRule({
  rule,
  record,
  isWhole,
}: {
  rule: PolicyRule;
  record: RuleRecord;
  isWhole: boolean;
}): Finding[] {
  const said = (severity: Finding["severity"], message: string): Finding[] => [
    { severity, file: rule.file, line: rule.line, message: `"${rule.id}" ${message}` },
  ];
  if (!record.isBound) {
    return said(
      "error",
      "holds for no caller: no role has it for any purpose. Look at roles, purposes and caller.",
    );
  }
  // What was not found among some of the rows might be found among all of them.
  if (!isWhole) return [];
  if (!record.holds) return said("error", "holds on no row: its condition contradicts itself.");
  const spare = "spare" in rule ? (rule.spare ?? null) : null;
  if (record.matters && spare !== null) {
    return said("warning", 'calls itself spare, but changes an answer. Take "spare" away.');
  }
  if (!record.matters && rule.kind !== "verb" && spare === null) {
    return said("warning", `changes no answer. ${remedyFor(rule)}`);
  }
  return rule.kind === "grant"
    ? shadowed(record).flatMap((message) => said("warning", message))
    : [];
}

function remedyFor(rule: PolicyRule): string {
  switch (rule.kind) {
    case "stop":
    case "row-stop":
    case "refusal":
      return 'Remove it, or say under "spare" why it stays.';
    case "grant":
      return "No row shows it, or other grants give as much. Remove it or one of them.";
    default:
      return "Other rules show the same rows. Remove it or one of them.";
  }
}

/** Categories that a grant gives and stops take away again from everyone who gets them. */
function shadowed({ best }: RuleRecord): string[] {
  return [...best]
    .filter(([, { decided }]) => !decided)
    .map(([category, { cappedBy }]) => {
      const stops = [...cappedBy].sort().join(", ");
      return `gives ${category} in vain: ${stops} always caps it lower. Lower the grant or narrow the stop.`;
    });
}

function withoutGrant(policy: Policy, catalog: Catalog): Finding[] {
  const given = new Set(
    policy.rules.flatMap((rule) => (rule.kind === "grant" ? [...rule.levels.keys()] : [])),
  );
  const used = new Set(
    [...catalog.values()].flatMap(({ fields }) =>
      [...fields.values()].map(({ category }) => category),
    ),
  );
  return CATEGORIES.filter((category) => used.has(category) && !given.has(category)).map(
    (category) => ({
      severity: "warning",
      file: ".",
      line: 1,
      message: `No grant gives ${category}: nobody sees those fields at any level.`,
    }),
  );
}
