import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import type { PolicyVersionRecord } from "../database/policy-version-record.ts";
import { publicError } from "../errors.ts";
import { type PageArgs, PageArgs as PageArguments } from "../graphql/connection.ts";
import type { RequestContext } from "../graphql/context.ts";
import { PolicyVersion, PolicyVersionConnection } from "./policy-version.types.ts";
import { requirePolicyVerb } from "./require-policy-verb.ts";

const DEFAULT_PAGE = 20;
const LARGEST_PAGE = 50;
const DIGEST = /^[0-9a-f]{64}$/;

/** A version with what was done to it. */
export type ShownVersion = PolicyVersionRecord & { readonly history: readonly unknown[] };

@Resolver()
export class PolicyVersionResolver {
  @Query(() => PolicyVersion, {
    nullable: true,
    description: "The version of the policy that is in force, for those who may read policies.",
  })
  async activePolicy(@Ctx() context: RequestContext): Promise<ShownVersion | null> {
    requirePolicyVerb(context, "readPolicy");
    const active = await context.policyVersions.active();
    return active === null ? null : withHistory(context, active);
  }

  @Query(() => PolicyVersion, {
    nullable: true,
    description: "A version of the policy by its digest, with documents and history.",
  })
  async policyVersion(
    @Arg("digest", () => ID, { description: "The policyVersion of an answer." }) digest: string,
    @Ctx() context: RequestContext,
  ): Promise<ShownVersion> {
    requirePolicyVerb(context, "readPolicy");
    const found = DIGEST.test(digest) ? await context.policyVersions.find(digest) : null;
    if (found === null) throw publicError("NOT_FOUND");
    return withHistory(context, found);
  }

  @Query(() => PolicyVersionConnection, {
    description: "Every version of the policy, the newest first; read forward only.",
  })
  async policyVersions(
    @Args(() => PageArguments) page: PageArgs,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    requirePolicyVerb(context, "readPolicy");
    const { after, size } = forwardPage(page);
    const { policyVersions } = context;
    const [rows, totalCount] = await Promise.all([
      policyVersions.list({ after, limit: size + 1 }),
      policyVersions.count(),
    ]);
    const nodes = await withHistories(context, rows.slice(0, size));
    // A digest says nothing that the version itself does not: cursors need no seal here.
    const edges = nodes.map((node) => ({ node, cursor: node.digest }));
    return {
      edges,
      nodes,
      totalCount,
      pageInfo: {
        hasNextPage: rows.length > size,
        hasPreviousPage: after !== null,
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      },
    };
  }
}

/** @throws VALIDATION_FAILED for a page that is read backward or a cursor of another list, QUERY_TOO_COMPLEX */
function forwardPage({ first, after, last, before }: PageArgs): {
  after: string | null;
  size: number;
} {
  const size = first ?? DEFAULT_PAGE;
  if (last != null || before != null) throw publicError("VALIDATION_FAILED", { field: "last" });
  if (size < 0) throw publicError("VALIDATION_FAILED", { field: "first" });
  if (size > LARGEST_PAGE)
    throw publicError("QUERY_TOO_COMPLEX", { limit: "page size", max: LARGEST_PAGE });
  if (after != null && !DIGEST.test(after))
    throw publicError("VALIDATION_FAILED", { field: "cursor" });
  return { after: after ?? null, size };
}

/** The version with what was done to it. */
export async function withHistory(
  context: Pick<RequestContext, "policyVersions">,
  version: PolicyVersionRecord,
): Promise<ShownVersion> {
  const [shown] = await withHistories(context, [version]);
  return shown as ShownVersion;
}

async function withHistories(
  { policyVersions }: Pick<RequestContext, "policyVersions">,
  versions: readonly PolicyVersionRecord[],
): Promise<ShownVersion[]> {
  const steps = await policyVersions.stepsOf(versions.map(({ digest }) => digest));
  return versions.map((version) => ({
    ...version,
    history: steps.filter(({ digest }) => digest === version.digest),
  }));
}
