import { setImmediate } from "node:timers/promises";
import { validate as isUuid } from "uuid";
import { type FieldDefinition, typeIn } from "../classification/catalog.ts";
import { DISCLOSURES } from "../classification/disclosure.ts";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import { supposedCallerOf } from "../identity/caller-of.ts";
import type { PrincipalRecord } from "../identity/principal-directory.ts";
import type { AttributeValues } from "../policy/condition.ts";
import { judgeRow } from "./judge-row.ts";
import type { WhoCanAccessArgs } from "./reach.args.ts";
import type { AccessGroup, AccessHolder, WhoCanAccess } from "./reach.types.ts";

const MOST_PRINCIPALS = 100;

interface Question {
  readonly args: WhoCanAccessArgs;
  readonly context: RequestContext;
  readonly field: FieldDefinition;
  readonly row: AttributeValues;
  readonly at: Date;
}

interface Judged {
  readonly disclosure: string;
  readonly isClient: boolean;
  readonly holder: AccessHolder;
}

/**
 * Judges a page of the principals who work in or for the organisations that the asker serves, each
 * by the decisions that would guard their own answers.
 *
 * @throws BAD_USER_INPUT for a page that is none
 */
export async function judgeHolders(question: Question): Promise<WhoCanAccess> {
  const { args, context, at } = question;
  const { first, after = null } = args;
  if (first < 1 || first > MOST_PRINCIPALS) throw publicError("BAD_USER_INPUT", { field: "first" });
  if (after !== null && !isUuid(after)) throw publicError("BAD_USER_INPUT", { field: "after" });
  const { servedOrganisationIds } = context.caller;
  const records = await context.principals.listOf({
    organisationIds: servedOrganisationIds,
    after,
    limit: first + 1,
  });
  const page = records.slice(0, first);
  const judged: Judged[] = [];
  for (const record of page) {
    judged.push(judge(question, record));
    // Other requests get their turn between one principal and the next.
    await setImmediate();
  }
  return {
    policyVersion: context.decisions.policyVersion,
    at,
    groups: DISCLOSURES.toReversed().flatMap((level) => groupOf(level, judged)),
    judged: page.length,
    hasNextPage: records.length > first,
    endCursor: page.at(-1)?.id ?? null,
  };
}

function judge(question: Question, record: PrincipalRecord): Judged {
  const { disclosure, reason, rule, roles } = verdictFor(question, record, true);
  return {
    disclosure,
    isClient: record.kind === "CLIENT",
    holder: {
      id: record.id,
      name: record.name,
      organisation: record.organisation.code,
      roles,
      withoutSecondFactor: verdictFor(question, record, false).disclosure,
      reason,
      rule,
    },
  };
}

function verdictFor(
  { args, context, field, row, at }: Question,
  record: PrincipalRecord,
  mfa: boolean,
): { disclosure: string; reason: string | null; rule: string; roles: string[] } {
  const caller = supposedCallerOf({ record, purpose: args.purpose, mfa, now: at });
  const supposed = context.decisionsFor(caller, at);
  const type = typeIn(context.catalog, field.type);
  const { row: seen, fields } = judgeRow({ supposed, type, row, fields: [field] });
  const { disclosure, reason, rule } = fields[0] ?? { disclosure: "NONE", ...seen };
  return { disclosure, reason, rule, roles: [...caller.roles].sort() };
}

function groupOf(disclosure: string, judged: readonly Judged[]): AccessGroup[] {
  const members = judged.filter((one) => one.disclosure === disclosure);
  if (members.length === 0) return [];
  const of = (isClient: boolean): AccessHolder[] =>
    members.filter((one) => one.isClient === isClient).map(({ holder }) => holder);
  const roles = new Set(members.flatMap(({ holder }) => holder.roles));
  return [{ disclosure, roles: [...roles].sort(), people: of(false), clients: of(true) }];
}
