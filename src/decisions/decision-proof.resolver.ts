import { Arg, Ctx, Query, Resolver, Root } from "type-graphql";
import type { SignedHead } from "../audit/log-proofs.ts";
import { formatTlogProof } from "../audit/notes/tlog-proof.ts";
import { leafHash } from "../audit/tree/hashing.ts";
import { GuardedRelation } from "../classification/field.ts";
import { Place } from "../classification/scalars.ts";
import type { Row } from "../database/read-request.ts";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import { Decision } from "./decision.entity.ts";
import {
  DecisionProof,
  LogCheckpoint,
  LogConsistency,
  LogVerifierKey,
} from "./decision-proof.types.ts";
import { requireSomeDecisions } from "./require-some-decisions.ts";

/** What a proof is made of, beside the hashes. */
const PROVED = { shown: new Set(["treeIndex", "record"]), judged: new Set<string>() };

/** A proof reads some tiles of hashes. */
const COST = 20;

@Resolver(() => Decision)
export class DecisionProofResolver {
  @GuardedRelation(() => DecisionProof, {
    of: Decision,
    description:
      "Proof that the record is in the log, under the newest checkpoint; null while there is none over it.",
    category: "IDENTITY",
    column: "body",
  })
  async proof(
    @Root() { id }: Row,
    @Ctx() { logProofs, rows }: RequestContext,
  ): Promise<DecisionProof | null> {
    const [row, head] = await Promise.all([rows.find("Decision", PROVED, id), logProofs.head()]);
    const treeIndex = Number(row?.["treeIndex"]);
    if (row === null || head === null || head.treeSize <= treeIndex) return null;
    const [proof] = await logProofs.inclusion([treeIndex], head);
    if (proof === undefined) return null;
    const hashes = [...proof.hashes];
    const file = { index: treeIndex, extra: null, hashes, checkpoint: head.note };
    return {
      treeIndex,
      leafHash: leafHash(String(row["record"])).toString("base64"),
      checkpoint: checkpointOf(head),
      hashes: hashes.map((hash) => hash.toString("base64")),
      file: formatTlogProof(file),
    };
  }

  @Query(() => LogCheckpoint, {
    nullable: true,
    complexity: COST,
    description:
      "For those who see records of the decision log: the newest head of the tree, or the newest at or before a size; null while nothing is sealed.",
  })
  async logCheckpoint(
    @Arg("treeSize", () => Place, { nullable: true, description: "Records in the tree." })
    treeSize: number | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<LogCheckpoint | null> {
    requireSomeDecisions(context);
    const { logProofs } = context;
    const head = await (treeSize == null ? logProofs.head() : logProofs.headAt(treeSize));
    return head === null ? null : checkpointOf(head);
  }

  @Query(() => LogConsistency, {
    complexity: COST,
    description:
      "For those who see records of the decision log: proof that the tree of one size grew into that of another, so that whoever kept an old checkpoint knows that nothing was taken out.",
  })
  async logConsistency(
    @Arg("from", () => Place, { description: "Records in the smaller tree." }) from: number,
    @Arg("to", () => Place, { description: "Records in the larger tree." }) to: number,
    @Ctx() context: RequestContext,
  ): Promise<LogConsistency> {
    requireSomeDecisions(context);
    const head = await context.logProofs.head();
    if (from > to || to > (head?.treeSize ?? 0))
      throw publicError("BAD_USER_INPUT", { field: "to" });
    const hashes = await context.logProofs.consistency(from, to);
    return { from, to, hashes: hashes.map((hash) => hash.toString("base64")) };
  }

  @Query(() => [LogVerifierKey], {
    complexity: COST,
    description:
      "For those who see records of the decision log: public keys of the log and its witnesses. Compare them with what you were given on another way.",
  })
  async logKeys(@Ctx() context: RequestContext): Promise<LogVerifierKey[]> {
    requireSomeDecisions(context);
    return (await context.logProofs.keys()).map((key) => ({ ...key }));
  }
}

function checkpointOf({ treeSize, root, sealedAt, note }: SignedHead): LogCheckpoint {
  return { treeSize, root: root.toString("base64"), sealedAt, note };
}
