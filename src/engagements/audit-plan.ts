import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { PlanAuditInput } from "./audit.inputs.ts";
import { isByOthers } from "./audit.rules.ts";
import { expectNames } from "./audit.validation.ts";

const MOST_ORGANISATIONS = 20;
const MOST_TRANSFERS = 200;
const MOST_MEMBERS = 50;

/** Who makes an audit. */
export interface AuditTeam {
  readonly firmId: string;
  readonly firm: string;
  /** The lead comes first. */
  readonly team: readonly { readonly id: string; readonly name: string }[];
}

/**
 * Ids of the audited organisations. One for which the caller does not work is answered like one that
 * does not exist.
 *
 * @throws VALIDATION_FAILED
 */
export async function auditedOrganisations(
  codes: readonly string[],
  { organisations, caller }: RequestContext,
): Promise<string[]> {
  expectNames("organisations", codes, MOST_ORGANISATIONS);
  const found = await Promise.all(codes.map((code) => organisations.byCode(code)));
  const ids = found.flatMap((one) =>
    one !== null && caller.servedOrganisationIds.includes(one.id) ? [one.id] : [],
  );
  if (ids.length < codes.length)
    throw publicError("VALIDATION_FAILED", { field: "organisations", fault: "unknown" });
  return ids.sort();
}

/**
 * The transfers to which an audit is limited: such as the caller sees, and of which an audited
 * organisation is a party. Nobody gets a scope by naming nothing.
 *
 * @throws VALIDATION_FAILED
 */
export async function auditedTransfers(
  { limitedToTransfers, transferIds }: PlanAuditInput,
  { organisationIds, context }: { organisationIds: readonly string[]; context: RequestContext },
): Promise<string[]> {
  if (!limitedToTransfers) {
    if (transferIds.length > 0)
      throw publicError("VALIDATION_FAILED", { field: "transferIds", fault: "notLimited" });
    return [];
  }
  expectNames("transferIds", transferIds, MOST_TRANSFERS);
  const parties = { shown: new Set(["transferor", "transferee"]), judged: new Set<string>() };
  const found = await Promise.all(
    transferIds.map((id) => context.rows.find("Transfer", parties, id)),
  );
  const isOurs = found.every(
    (row) =>
      row !== null &&
      [row["transferor"], row["transferee"]].some((id) => organisationIds.includes(String(id))),
  );
  if (!isOurs) throw publicError("VALIDATION_FAILED", { field: "transferIds", fault: "unknown" });
  return [...transferIds].sort();
}

/**
 * The team: people whom policy lets audit and nothing that would be audited, of one organisation that
 * works for every audited one; for an internal audit one of them, else none of them.
 *
 * @throws VALIDATION_FAILED naming what is wrong, and never whom
 */
export async function auditTeam(
  { kind, team }: PlanAuditInput,
  { organisationIds, context }: { organisationIds: readonly string[]; context: RequestContext },
): Promise<AuditTeam> {
  expectNames("team", team, MOST_MEMBERS);
  const found = await Promise.all(team.map((word) => context.auditors.find(word)));
  const members = found.flatMap((one) => one ?? []);
  const [lead] = members;
  if (lead === undefined || members.length < team.length) refuse("unknown");
  expectNames(
    "team",
    members.map(({ id }) => id),
    MOST_MEMBERS,
  );
  if (members.some(({ mayAudit }) => !mayAudit)) refuse("noAuditor");
  if (members.some(({ isAudited }) => isAudited)) refuse("notIndependent");
  if (members.some(({ organisationId }) => organisationId !== lead.organisationId))
    refuse("severalFirms");
  const isOfAudited = organisationIds.includes(lead.organisationId);
  if (isOfAudited === isByOthers(kind)) refuse(isOfAudited ? "notIndependent" : "noAuditor");
  const servesAll = members.every(({ servedIds }) =>
    organisationIds.every((id) => servedIds.includes(id)),
  );
  if (!servesAll) refuse("unknown");
  const firm = await context.organisations.byId(lead.organisationId);
  return {
    firmId: lead.organisationId,
    firm: firm?.name ?? "",
    team: members.map(({ id, name }) => ({ id, name })),
  };
}

function refuse(fault: string): never {
  throw publicError("VALIDATION_FAILED", { field: "team", fault });
}
