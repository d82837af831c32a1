import { z } from "zod";
import { CLASSIFICATIONS } from "../classification/classification.ts";
import { DISCLOSURES } from "../classification/disclosure.ts";
import { publicError } from "../errors.ts";
import type { AskedCaller } from "../evaluation/questions.ts";
import { readTime } from "../evaluation/read-time.ts";
import type { CallerKind } from "../identity/caller.ts";
import { type Entity, hasId, readMessage } from "./messages.ts";

/** Types of subjects, each with the kind of principal that it names; `caller` names either. */
export const SUBJECT_KINDS: ReadonlyMap<string, CallerKind | null> = new Map([
  ["user", "PERSON"],
  ["client", "CLIENT"],
  ["caller", null],
]);

const words = z.array(z.string()).default([]);
const time = z.string().refine(isTime);

/** Section 5.1.1: what a supposed subject is like. Names are those of SupposedSubjectInput. */
const supposed = z.object({
  id: z.string().nullish(),
  roles: z.array(z.string()),
  organisation: z.string(),
  serves: z.array(z.string()).nullish(),
  isClient: z.boolean().default(false),
  scopes: words,
  fieldCeiling: z.enum(DISCLOSURES).nullish(),
  mfa: z.boolean().default(false),
  trainingValidUntil: time.nullish(),
  clearance: z.enum(CLASSIFICATIONS).nullish(),
  withinWorkingHours: z.boolean().default(true),
  customerId: z.string().nullish(),
  caseCodes: words,
  location: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullish(),
  exportKeys: words,
  elevations: z
    .array(
      z.object({ customerId: z.string(), fields: z.array(z.string()), from: time, until: time }),
    )
    .default([]),
  disclosureCases: z
    .array(
      z.object({
        code: z.string(),
        fields: z.array(z.string()),
        jurisdiction: z.string(),
        approvalRef: z.string().nullish(),
        state: z.string(),
      }),
    )
    .default([]),
  engagements: z
    .array(
      z.object({
        code: z.string(),
        state: z.string(),
        organisations: z.array(z.string()).nullish(),
        transferIds: z.array(z.string()).nullish(),
        from: z.iso.date(),
        to: z.iso.date(),
      }),
    )
    .default([]),
});

/** Of a principal that exists only the second factor is open: all else is in its record. */
const known = z.object({ mfa: z.boolean().default(true) });

/**
 * Whom a subject stands for (section 5.1): a principal by id, or somebody like its properties. Null
 * for a type that we don't know.
 *
 * @throws BAD_USER_INPUT for properties of the wrong kind, or that a principal's record says already
 */
export function readSubject(
  subject: Entity,
): Pick<AskedCaller, "caller" | "subject" | "mfa"> | null {
  const kind = SUBJECT_KINDS.get(subject.type);
  if (kind === undefined) return null;
  const properties = subject.properties ?? {};
  if (hasId(subject)) return { caller: subject.id, mfa: readSecondFactor(properties) };
  const said = readMessage(z.object({ subject: z.object({ properties: supposed }) }), {
    subject: { properties },
  }).subject.properties;
  const isClient = kind === null ? said.isClient : kind === "CLIENT";
  return { subject: { ...said, isClient }, mfa: said.mfa };
}

/**
 * Whether principals are asked about as with a second factor; with one where it is left out.
 *
 * @throws BAD_USER_INPUT for any other property of ours: half believed would be worse than refused
 */
export function readSecondFactor(properties: Readonly<Record<string, unknown>>): boolean {
  const ours = Object.keys(properties).filter((name) => name !== "mfa" && name in supposed.shape);
  if (ours.length > 0) throw publicError("BAD_USER_INPUT", { field: "subject.properties" });
  return readMessage(z.object({ subject: z.object({ properties: known }) }), {
    subject: { properties },
  }).subject.properties.mfa;
}

function isTime(text: string): boolean {
  try {
    readTime(text, "time");
    return true;
  } catch {
    return false;
  }
}
