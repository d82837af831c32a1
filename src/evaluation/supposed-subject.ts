import { isDisclosure } from "../classification/disclosure.ts";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { Caller, CallerElevation, CallerEngagement } from "../identity/caller.ts";
import { supposedCallerOf } from "../identity/caller-of.ts";
import { readIsoDate } from "../lib/calendar-date.ts";
import type {
  AskedCaller,
  SupposedElevation,
  SupposedEngagement,
  SupposedSubject,
} from "./questions.ts";
import { readTime } from "./read-time.ts";

/** An organisation as the context looks it up. */
type Organisation = NonNullable<Awaited<ReturnType<RequestContext["organisations"]["byCode"]>>>;

/**
 * The caller in question: a principal who works for an organisation that the asker serves, or one
 * made of attributes.
 *
 * @throws NOT_FOUND for a principal elsewhere or nowhere, BAD_USER_INPUT
 */
export async function supposedSubject({
  input,
  context,
  at,
}: {
  input: AskedCaller;
  context: RequestContext;
  at: Date;
}): Promise<Caller> {
  const { policy } = context.decisions.bound;
  if (!policy.purposes.has(input.purpose))
    throw publicError("BAD_USER_INPUT", { field: "purpose" });
  if ((input.caller == null) === (input.subject == null)) {
    throw publicError("BAD_USER_INPUT", { field: "caller" });
  }
  if (input.subject != null) return callerFrom({ subject: input.subject, input, context });
  const record = await context.principals.findByIdOrName(input.caller ?? "");
  const reachable = record === null ? [] : [record.organisation, ...record.serves];
  const isOurs = reachable.some(({ id }) => context.caller.servedOrganisationIds.includes(id));
  if (record === null || !isOurs) throw publicError("NOT_FOUND");
  return supposedCallerOf({ record, purpose: input.purpose, mfa: input.mfa, now: at });
}

async function callerFrom({
  subject,
  input,
  context,
}: {
  subject: SupposedSubject;
  input: AskedCaller;
  context: RequestContext;
}): Promise<Caller> {
  const { policy } = context.decisions.bound;
  if (!subject.roles.every((role) => policy.roles.has(role))) {
    throw publicError("BAD_USER_INPUT", { field: "subject.roles" });
  }
  const organisation = await organisationOf(subject.organisation, context);
  const served = await Promise.all(
    (subject.serves ?? []).map((code) => organisationOf(code, context)),
  );
  const { trainingValidUntil } = subject;
  const servedOrganisationIds = (served.length === 0 ? [organisation] : served).map(({ id }) => id);
  return {
    id: subject.id ?? "",
    kind: subject.isClient ? "CLIENT" : "PERSON",
    name: "",
    organisationId: organisation.id,
    organisationCode: organisation.code,
    organisationIsFinancial: organisation.isFinancial,
    organisationIsOperator: organisation.isOperator,
    servedOrganisationIds,
    roles: [...subject.roles].sort(),
    purposes: [input.purpose],
    purpose: input.purpose,
    scopes: subject.scopes,
    fieldCeiling: isDisclosure(subject.fieldCeiling) ? subject.fieldCeiling : null,
    mfa: subject.mfa,
    authenticatedAt: null,
    trainingValidUntil:
      trainingValidUntil == null
        ? null
        : readTime(trainingValidUntil, "subject.trainingValidUntil"),
    clearance: subject.clearance ?? null,
    withinWorkingHours: subject.withinWorkingHours,
    customerId: subject.customerId ?? null,
    caseCodes: subject.caseCodes,
    location: placeIn(subject.location),
    exportKeys: subject.exportKeys,
    elevations: subject.elevations.map((one) => elevationFrom(one, input.purpose)),
    disclosureCases: subject.disclosureCases.map(({ code, fields, ...one }) => ({
      code,
      fields,
      jurisdiction: one.jurisdiction,
      approvalRef: one.approvalRef ?? null,
      state: one.state,
    })),
    engagements: await Promise.all(
      subject.engagements.map((one) => engagementFrom(one, { context, servedOrganisationIds })),
    ),
    tokenId: "",
  };
}

function elevationFrom(
  { customerId, fields, from, until }: SupposedElevation,
  purpose: string,
): CallerElevation {
  return {
    id: "",
    customerId,
    fields,
    purpose,
    from: readTime(from, "subject.elevations"),
    until: readTime(until, "subject.elevations"),
    reviewedAt: null,
  };
}

/** One that names no organisation is of those that the caller serves; transfers limit it where they are said. */
async function engagementFrom(
  { code, state, organisations, transferIds, from, to }: SupposedEngagement,
  given: { context: RequestContext; servedOrganisationIds: readonly string[] },
): Promise<CallerEngagement> {
  const named = await Promise.all(
    (organisations ?? []).map((one) => organisationOf(one, given.context)),
  );
  return {
    id: "",
    code,
    state,
    organisationIds:
      organisations == null ? given.servedOrganisationIds : named.map(({ id }) => id),
    transferIds: transferIds ?? [],
    limitedToTransfers: transferIds != null,
    from: dayIn(from),
    to: dayIn(to),
  };
}

function dayIn(text: string): string {
  const read = readIsoDate(text);
  if (!("date" in read)) throw publicError("BAD_USER_INPUT", { field: "subject.engagements" });
  return read.date;
}

/** Written as a token must write it; no place is guessed. */
function placeIn(location: string | null | undefined): string | null {
  if (location == null) return null;
  if (!/^[A-Z]{2}$/.test(location))
    throw publicError("BAD_USER_INPUT", { field: "subject.location" });
  return location;
}

async function organisationOf(
  code: string,
  { organisations }: RequestContext,
): Promise<Organisation> {
  const organisation = await organisations.byCode(code);
  if (organisation === null) throw publicError("BAD_USER_INPUT", { field: "subject.organisation" });
  return organisation;
}
