import { AUDIT_KEYS } from "./document-keys.ts";
import type { Section } from "./document.ts";
import { VERBS } from "./rule.ts";
import type { AuditTerms } from "./oversight-terms.ts";

/** The `audits:` document: what holds for audits, whoever makes them. A second one is a fault. */
export function auditTermsIn(documents: readonly Section[]): AuditTerms | undefined {
  const [first, ...others] = documents.flatMap((document) => {
    if (!document.has("audits") || document.has("role")) return [];
    document.allowOnly(["audits"]);
    return document.section("audits") ?? [];
  });
  for (const other of others) other.fault('"audits" is said twice.');
  return first === undefined ? undefined : auditTerms(first);
}

function auditTerms(section: Section): AuditTerms {
  section.allowOnly(AUDIT_KEYS);
  const most = section.value("most-in-a-row");
  const isCount = typeof most === "number" && Number.isSafeInteger(most) && most > 0;
  if (!isCount) section.fault('"most-in-a-row" is a whole number from 1 on.', "most-in-a-row");
  return {
    mostInARow: isCount ? most : 0,
    neverWith: section.words("never-with", VERBS),
    source: section.text("source"),
  };
}
