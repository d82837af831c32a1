import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { PolicyFile } from "../policy/document.ts";
import { PolicyFaults } from "../policy/fault.ts";
import { loadPolicy } from "../policy/load.ts";
import type { Policy } from "../policy/rule.ts";
import type { StoredPolicy } from "../policy/stored-policy.ts";
import type { ComparedPoliciesInput, DraftDocumentInput } from "./policy-diff.inputs.ts";

const MOST_DOCUMENTS = 60;
const MOST_CHARACTERS = 150_000;
const MOST_FAULTS = 50;
const NAME = /^[a-z0-9][a-z0-9/_.-]{0,98}\.yaml$/i;

/** Two policies, and whether nobody could have written either for the question's sake. */
export interface ComparedPolicies {
  readonly from: Policy;
  readonly to: Policy;
  readonly isApproved: boolean;
}

/**
 * The policies that a question names: stored versions, or a draft that is given with it.
 *
 * @throws BAD_USER_INPUT, NOT_FOUND for a version that is not stored, QUERY_TOO_COMPLEX for too
 * large a draft, VALIDATION_FAILED with file, line and suggestion for one with faults
 */
export async function comparedPolicies(
  input: ComparedPoliciesInput,
  context: RequestContext,
): Promise<ComparedPolicies> {
  if ((input.to == null) === (input.draft == null))
    throw publicError("BAD_USER_INPUT", { field: "to" });
  if (input.draft != null) checkSize(input.draft);
  const from = await storedPolicy(input.from ?? context.decisions.policyVersion, context);
  if (input.draft != null) {
    const files = withDocuments(from.documents, input.draft);
    return { from: from.policy, to: loadDraft(files, context), isApproved: false };
  }
  const to = await storedPolicy(input.to ?? "", context);
  return { from: from.policy, to: to.policy, isApproved: from.isApproved && to.isApproved };
}

async function storedPolicy(version: string, { policies }: RequestContext): Promise<StoredPolicy> {
  // A version that was stored long ago may use words that are none today.
  const found = await policies.find(version).catch(refuseFaults);
  if (found === null) throw publicError("NOT_FOUND");
  return found;
}

function checkSize(draft: readonly DraftDocumentInput[]): void {
  if (draft.length > MOST_DOCUMENTS)
    throw publicError("QUERY_TOO_COMPLEX", { limit: "documents", max: MOST_DOCUMENTS });
  const characters = draft.reduce((sum, { text }) => sum + (text ?? "").length, 0);
  if (characters > MOST_CHARACTERS)
    throw publicError("QUERY_TOO_COMPLEX", { limit: "characters", max: MOST_CHARACTERS });
  const names = new Set(draft.map(({ name }) => name));
  if (names.size !== draft.length || !draft.every(({ name }) => NAME.test(name)))
    throw publicError("BAD_USER_INPUT", { field: "draft" });
}

function withDocuments(
  base: readonly PolicyFile[],
  draft: readonly DraftDocumentInput[],
): PolicyFile[] {
  const others = base.filter(({ name }) => draft.every((document) => document.name !== name));
  return [...others, ...draft.flatMap(({ name, text }) => (text == null ? [] : { name, text }))];
}

function loadDraft(files: readonly PolicyFile[], { catalog }: RequestContext): Policy {
  try {
    return loadPolicy(files, catalog);
  } catch (error) {
    return refuseFaults(error);
  }
}

function refuseFaults(error: unknown): never {
  if (!(error instanceof PolicyFaults)) throw error;
  const faults = error.faults.slice(0, MOST_FAULTS).map((fault) => ({ ...fault }));
  throw publicError("VALIDATION_FAILED", { faults });
}
