import { z } from "zod";
import { publicError } from "../errors.ts";

const properties = z.record(z.string(), z.unknown()).nullish();

/** Section 5.1 and 5.2, for searches: the id is ignored (8.4.1, 8.5.1). */
const kind = z.object({ type: z.string(), properties });

/**
 * Section 5.1 and 5.2. Both want an id; ours may be left out or empty where properties say what the
 * entity is like, because what is supposed has none.
 */
const entity = z
  .object({ type: z.string(), id: z.string().nullish(), properties })
  .refine((one) => hasId(one) || Object.keys(one.properties ?? {}).length > 0, { path: ["id"] });

const action = z.object({ name: z.string(), properties });

/** Section 5.4; other keys are not ours and are ignored. */
const context = z.object({ purpose: z.string().nullish(), time: z.string().nullish() }).nullish();

/** Section 8.2.1. */
const page = z
  .object({
    token: z.string().nullish(),
    limit: z.int().min(0).nullish(),
    properties,
  })
  .nullish();

/** Section 6.1. */
export const evaluationMessage = z.object({ subject: entity, action, resource: entity, context });

const defaults = z.object({
  subject: z.unknown().optional(),
  action: z.unknown().optional(),
  resource: z.unknown().optional(),
  context: z.unknown().optional(),
});

/** Section 7.1, before the defaults are put into the evaluations. */
export const evaluationsMessage = defaults.extend({
  evaluations: z.array(defaults).nullish(),
  options: z
    .object({
      evaluations_semantic: z
        .enum(["execute_all", "deny_on_first_deny", "permit_on_first_permit"])
        .nullish(),
    })
    .nullish(),
});

/** Section 8.4.1. */
export const subjectSearchMessage = z.object({
  subject: kind,
  action,
  resource: entity,
  context,
  page,
});

/** Section 8.5.1. */
export const resourceSearchMessage = z.object({
  subject: entity,
  action,
  resource: kind,
  context,
  page,
});

/** Section 8.6.1. */
export const actionSearchMessage = z.object({ subject: entity, resource: entity, context, page });

/** A subject or a resource of a request. */
export type Entity = z.infer<typeof entity>;

/** The context of a request. */
export type AskedContext = z.infer<typeof context>;

/** One evaluation. */
export type Evaluation = z.infer<typeof evaluationMessage>;

/** The page of a search. */
export type AskedPage = z.infer<typeof page>;

/** Whether an entity is named, rather than described by its properties. */
export function hasId({ id }: { readonly id?: string | null | undefined }): boolean {
  return id != null && id !== "";
}

/**
 * Reads a request, or a part of one. Unknown members are ignored (section 10.1.1).
 *
 * @throws BAD_USER_INPUT naming the first member that is missing or of another kind
 */
export function readMessage<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const path = read.error.issues[0]?.path.map(String).join(".") ?? "";
  throw publicError("BAD_USER_INPUT", path === "" ? {} : { field: path });
}
