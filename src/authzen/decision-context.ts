import type { FieldDefinition } from "../classification/catalog.ts";
import type { Disclosure } from "../classification/disclosure.ts";
import { ERRORS, type ErrorCode, isErrorCode } from "../errors.ts";
import type { ActionJudgement, ActionQuestion } from "../evaluation/judge-action.ts";
import type { FieldVerdict } from "../evaluation/judge-row.ts";
import { mostInWords, verdictInWords } from "../policy/explain-briefly.ts";
import type { Verdict } from "../policy/verdict.ts";

/** How a value has to be shown that is not given in clear. */
export interface MaskObligation {
  readonly type: "mask";
  /** Name of the field. */
  readonly field: string;
  readonly disclosure: Disclosure;
  /** Name of the rendering, as schema/classification.md lists them. */
  readonly rendering: string;
}

/** Reasons by HTTP status code (section 5.5.2.1), with what an auditor finds them again by. */
export type Reasons = Readonly<Record<string, string>>;

/** What stands beside a decision (section 5.5.1). */
export interface DecisionContext {
  /** For the administrator of the enforcement point: rule, policy version and law pack. */
  readonly reason_admin?: Reasons;
  /** What the subject may be told; nothing in it tells whether there is such a row. */
  readonly reason_user?: Reasons;
  /** How much is given of the field in question. */
  readonly disclosure?: Disclosure;
  /** Fields of the row on which the action is given, where it was asked of the whole row. */
  readonly fields?: readonly string[];
  readonly obligations?: readonly MaskObligation[];
  /** Section 7.2.1: why one evaluation of several could not be made. */
  readonly error?: { readonly status: number; readonly message: string };
}

/** Reasons that are the same whatever was asked. */
export function reasonsOf(code: ErrorCode): DecisionContext {
  const { status, message } = ERRORS[code];
  return {
    reason_admin: { [status]: message, reason: code },
    reason_user: { [status]: message },
  };
}

/** Verdicts in words, and masks as obligations. */
export function contextOf(question: ActionQuestion, judged: ActionJudgement): DecisionContext {
  const { field, action } = question;
  const verdict = decidingVerdict(question, judged);
  const [given] = judged.fields;
  return {
    reason_admin: adminReasons(question, judged, verdict),
    ...(!judged.isGiven && { reason_user: userReasons(question, judged) }),
    ...(field !== null && given !== undefined && { disclosure: given.disclosure }),
    ...(field === null && action.kind !== "see" && { fields: judged.givenOn }),
    ...obligationsOf(question, judged),
  };
}

/** The verdict about the field in question; about the row where it is hidden or asked of as a whole. */
function decidingVerdict({ field }: ActionQuestion, { row, fields }: ActionJudgement): Verdict {
  const [only] = fields;
  if (field !== null && only !== undefined && row.isVisible) return only;
  const { isVisible, reason, rule } = row;
  return { disclosure: isVisible ? "CLEAR" : "NONE", reason, rule };
}

function adminReasons(
  question: ActionQuestion,
  judged: ActionJudgement,
  verdict: Verdict,
): Reasons {
  const { supposed, field } = question;
  const { isVisible } = judged.row;
  const { policyVersion, lawPack } = supposed;
  const said = verdictInWords({ decisions: supposed, field: isVisible ? field : null, verdict });
  return {
    [judged.isGiven ? "200" : "403"]: [said, ...givenInWords(question, judged)].join("\n"),
    // What has no value is left out (section 11.5).
    ...(verdict.reason !== null && { reason: verdict.reason }),
    rule: verdict.rule,
    policy_version: policyVersion,
    ...(lawPack !== null && { law_pack: lawPack }),
  };
}

/** What the verdict alone does not tell: a verb, and on how much of a row something is given. */
function givenInWords(
  { field, action }: ActionQuestion,
  { row, fields, givenOn }: ActionJudgement,
): string[] {
  if (!row.isVisible || action.kind === "see") return [];
  const what = action.kind === "verb" ? `The verb ${action.verb}` : `At least ${action.level}`;
  if (field === null) return [`${what} is given on ${givenOn.length} of ${fields.length} fields.`];
  return action.kind === "level" ? [] : [`${what} is ${givenOn.length > 0 ? "" : "not "}given.`];
}

/** A hidden row is for the subject what a missing one is, as over GraphQL. */
function userReasons(
  { supposed, type, field, row: attributes, action }: ActionQuestion,
  { row, givenOn }: ActionJudgement,
): Reasons {
  const { refusal } = supposed;
  if (refusal !== null && isErrorCode(refusal.reason)) return told(refusal.reason);
  if (!row.isVisible)
    return told(supposed.isAmong("know", type.name, attributes) ? "GONE" : "NOT_FOUND");
  if (action.kind !== "level") return told("FORBIDDEN");
  const lacking = field === null ? lackingOf([...type.fields.values()], givenOn) : [field];
  return { "403": lacking.map((one) => mostInWords(supposed, one)).join("\n") };
}

function told(code: ErrorCode): Reasons {
  return { [ERRORS[code].status]: ERRORS[code].message };
}

function lackingOf(
  fields: readonly FieldDefinition[],
  givenOn: readonly string[],
): FieldDefinition[] {
  return fields.filter(({ name }) => !givenOn.includes(name));
}

/** A mask for every field in question that is given and not in clear; verbs show nothing. */
function obligationsOf(
  { type, action }: ActionQuestion,
  { fields }: ActionJudgement,
): Pick<DecisionContext, "obligations"> {
  if (action.kind === "verb") return {};
  const obligations = fields.flatMap((verdict) => maskOf(verdict, type.fields.get(verdict.field)));
  return obligations.length === 0 ? {} : { obligations };
}

function maskOf(
  { field, disclosure }: FieldVerdict,
  definition: FieldDefinition | undefined,
): MaskObligation[] {
  if (definition === undefined || disclosure === "CLEAR" || disclosure === "NONE") return [];
  return [{ type: "mask", field, disclosure, rendering: renderingOf(definition, disclosure) }];
}

function renderingOf(
  { renderings }: FieldDefinition,
  disclosure: Exclude<Disclosure, "CLEAR" | "NONE">,
): string {
  switch (disclosure) {
    case "PARTIAL":
    case "COARSE":
      return renderings[disclosure]?.name ?? FULL_MASK_NAME;
    case "TOKEN":
      return "token";
    case "EXISTS":
      return FULL_MASK_NAME;
  }
}

/** What shows only that there is a value looks the same for every field of a shape. */
const FULL_MASK_NAME = "full-mask";
