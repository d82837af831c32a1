import { rolesAt } from "./identity/caller-of.ts";
import type { Caller } from "./identity/caller.ts";
import type { PrincipalRegister } from "./identity/principal-directory.ts";
import type { AuditCandidates } from "./graphql/audit-candidates.ts";
import type { Decisions } from "./policy/decisions.ts";

/** Looks people up who may be put into the team of an audit, by whoever plans it. */
export function createAuditCandidates({
  principals,
  decisions,
  caller,
  now,
}: {
  principals: PrincipalRegister;
  decisions: Decisions;
  caller: Caller;
  now: Date;
}): AuditCandidates {
  return {
    async find(word) {
      const record = await principals.findByIdOrName(word);
      if (record === null || record.state !== "ACTIVE" || record.kind !== "PERSON") return null;
      const { id, name, organisation, serves } = record;
      const servedIds = (serves.length === 0 ? [organisation] : serves).map((one) => one.id);
      if (!servedIds.some((one) => caller.servedOrganisationIds.includes(one))) return null;
      const verbs = decisions.verbsOf(rolesAt(record, now));
      return {
        id,
        name,
        organisationId: organisation.id,
        servedIds,
        mayAudit: verbs.has("conductAudit"),
        isAudited: decisions.audits?.neverWith.some((verb) => verbs.has(verb)) ?? true,
      };
    },
  };
}
