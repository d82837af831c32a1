import { CLASSIFICATIONS } from "../classification/classification.ts";
import {
  BUDGET_KEYS,
  BUDGET_MEASURES,
  LARGEST_BUDGET,
  LONGEST_WINDOW,
  WINDOW_KEYS,
} from "./document-keys.ts";
import type { Section } from "./document.ts";
import { type Budget, type BudgetLimit, ROLE_KINDS } from "./rule.ts";

/** The `budgets:` documents: how many values may be looked up. An id twice is a fault. */
export function budgetsIn(documents: readonly Section[], roles: ReadonlySet<string>): Budget[] {
  const sections = documents.flatMap((document) => {
    if (!document.has("budgets") || document.has("role")) return [];
    document.allowOnly(["budgets"]);
    return document.sections("budgets");
  });
  const seen = new Set<string>();
  return sections.map((section) => {
    const budget = budgetIn(section, roles);
    if (seen.has(budget.id)) section.fault(`"${budget.id}" is said twice.`, "id");
    seen.add(budget.id);
    return budget;
  });
}

function budgetIn(section: Section, roles: ReadonlySet<string>): Budget {
  section.allowOnly(BUDGET_KEYS);
  if (!section.has("kinds") && !section.has("roles"))
    section.fault("A budget names kinds of roles, or roles.");
  if (!section.has("classifications")) section.fault("A budget names classes of fields.");
  const windows = section.sections("windows");
  if (windows.length === 0) section.fault("A budget has a window.", "windows");
  return {
    id: section.text("id"),
    about: section.text("about"),
    source: section.text("source"),
    kinds: section.words("kinds", ROLE_KINDS),
    roles: section.words("roles", roles),
    classifications: section.words("classifications", CLASSIFICATIONS),
    limits: windows.flatMap(limitsIn),
    file: section.file,
    line: section.line,
  };
}

function limitsIn(window: Section): BudgetLimit[] {
  window.allowOnly(WINDOW_KEYS);
  const minutes = wholeNumber(window, { key: "minutes", from: 1, to: LONGEST_WINDOW });
  const measures = BUDGET_MEASURES.filter((measure) => window.has(measure));
  if (measures.length === 0) window.fault("A window limits something.");
  const limits = measures.map((measure) => ({
    measure,
    minutes,
    most: wholeNumber(window, { key: measure, from: 0, to: LARGEST_BUDGET }),
  }));
  const mostOf = (measure: string): number | undefined =>
    limits.find((limit) => limit.measure === measure)?.most;
  const [all, failed] = [mostOf("lookups"), mostOf("failed-probes")];
  if (all !== undefined && failed !== undefined && failed > all)
    window.fault('More than "lookups" can never fail.', "failed-probes");
  return limits;
}

/** A number that is no sound one counts as 0, the strictest; the policy is not served anyway. */
function wholeNumber(
  section: Section,
  { key, from, to }: { key: string; from: number; to: number },
): number {
  const value = section.value(key);
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= from && value <= to)
    return value;
  section.fault(`"${key}" is a whole number from ${from} to ${to}.`, key);
  return 0;
}
