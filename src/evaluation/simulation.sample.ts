import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { validate as isUuid } from "uuid";
import type { TypeDefinition } from "../classification/catalog.ts";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { Caller } from "../identity/caller.ts";
import type { PrincipalRecord } from "../identity/principal-directory.ts";
import type { AttributeValues } from "../policy/condition.ts";
import type { DecisionSource } from "../policy/simulation.ts";
import type { SimulateInput } from "./simulation.inputs.ts";

const MOST_ROWS = 1_000;
const MOST_PRINCIPALS = 20;
/** Rows times principals times purposes: some seconds of work. */
const MOST_TRIED = 100_000;
/** Among whom principals are drawn. */
const MOST_LISTED = 1_000;

/** What was drawn. */
export interface Sample {
  readonly rows: readonly AttributeValues[];
  readonly principals: readonly PrincipalRecord[];
}

/**
 * The purposes of a question, once it is known to be neither too large nor nonsense.
 *
 * @throws QUERY_TOO_COMPLEX, BAD_USER_INPUT
 */
export function checkedPurposes(
  { sample, subjects, purposes }: SimulateInput,
  { decisions }: RequestContext,
): string[] {
  const wanted = [...new Set(purposes ?? decisions.bound.policy.purposes.keys())];
  const principals = subjects == null ? sample.principals : new Set(subjects).size;
  atMost({ limit: "rows", number: sample.size, max: MOST_ROWS });
  atMost({ limit: "principals", number: principals, max: MOST_PRINCIPALS });
  const tried = sample.size * principals * wanted.length;
  atMost({ limit: "rows, principals and purposes", number: tried, max: MOST_TRIED });
  if (sample.size < 1 || principals < 1) throw publicError("BAD_USER_INPUT", { field: "sample" });
  if (wanted.length === 0) throw publicError("BAD_USER_INPUT", { field: "purposes" });
  if (subjects?.every(isUuid) === false) throw publicError("BAD_USER_INPUT", { field: "subjects" });
  return wanted;
}

function atMost({ limit, number, max }: { limit: string; number: number; max: number }): void {
  if (number > max) throw publicError("QUERY_TOO_COMPLEX", { limit, max });
}

/**
 * Draws rows that the asker sees and principals of the organisations that they serve: one statement
 * for each.
 *
 * @throws NOT_FOUND for a subject elsewhere or nowhere
 */
export async function drawSample(
  { sample: { seed, size, principals }, subjects }: SimulateInput,
  { rows, principals: register, caller, now }: RequestContext,
): Promise<Sample> {
  const ids = subjects == null ? null : [...new Set(subjects.map((id) => id.toLowerCase()))];
  const listed = await register.listOf({
    organisationIds: caller.servedOrganisationIds,
    ids,
    after: null,
    limit: MOST_LISTED,
  });
  if (ids !== null && listed.length < ids.length) throw publicError("NOT_FOUND");
  return {
    rows: await rows.sampleOf("Customer", { seed, size }),
    principals: ids === null ? drawn({ listed, seed, now }).slice(0, principals) : listed,
  };
}

/** In an order that only seed and ids make; of equal roles the first of each, then the second. */
function drawn({
  listed,
  seed,
  now,
}: {
  listed: readonly PrincipalRecord[];
  seed: number;
  now: Date;
}): PrincipalRecord[] {
  const holds = ({ validFrom, validTo }: { validFrom: Date; validTo: Date | null }): boolean =>
    validFrom <= now && (validTo === null || now < validTo);
  const rolesOf = ({ roleAssignments }: PrincipalRecord): string =>
    roleAssignments
      .filter(holds)
      .map(({ role }) => role)
      .sort()
      .join();
  const placed = listed
    .map((record) => ({ record, place: placeOf(`${seed} ${record.id}`) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const alike = Map.groupBy(placed, ({ record }) => rolesOf(record));
  return [...alike.values()]
    .flatMap((same) => same.map((one, turn) => ({ ...one, turn })))
    .sort((a, b) => a.turn - b.turn || (a.place < b.place ? -1 : 1))
    .map(({ record }) => record);
}

function placeOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Every principal of a sample for every purpose, on every row. */
export function sampledDecisions({
  sample: { rows, principals },
  type,
  purposes,
  at,
  callerFor,
}: {
  sample: Sample;
  type: TypeDefinition;
  purposes: readonly string[];
  at: Date;
  callerFor: (record: PrincipalRecord, purpose: string) => Caller;
}): DecisionSource {
  return {
    async *decisions() {
      for (const record of principals) {
        for (const purpose of purposes) {
          const fields = [...type.fields.values()];
          yield { caller: callerFor(record, purpose), at, type, fields, rows };
          // Other requests get their turn in between.
          await setImmediate();
        }
      }
    },
  };
}
