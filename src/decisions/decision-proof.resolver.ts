import DataLoader from "dataloader";
import { Arg, Ctx, Query, Resolver, Root } from "type-graphql";
import type { InclusionProof, SignedHead } from "../audit/log-proofs.ts";
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
  async proof(@Root() { id }: Row, @Ctx() context: RequestContext): Promise<DecisionProof | null> {
    const row = await context.rows.find("Decision", PROVED, id);
    if (row === null) return null;
    const treeIndex = Number(row["treeIndex"]);
    const proof = await proofsOf(context).load(treeIndex);
    if (proof === null) return null;
    const { head, hashes } = proof;
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

const loaders = new WeakMap<RequestContext, DataLoader<number, InclusionProof | null>>();

/** All proofs of a request are under one head, and those of a tick are read together. */
function proofsOf(context: RequestContext): DataLoader<number, InclusionProof | null> {
  const known = loaders.get(context);
  if (known !== undefined) return known;
  const head = context.logProofs.head();
  const loader = new DataLoader<number, InclusionProof | null>(async (places) => {
    const newest = await head;
    const sealed = newest === null ? [] : places.filter((place) => place < newest.treeSize);
    const proofs = newest === null ? [] : await context.logProofs.inclusion(sealed, newest);
    const byPlace = new Map(proofs.map((proof) => [proof.treeIndex, proof]));
    return places.map((place) => byPlace.get(place) ?? null);
  });
  loaders.set(context, loader);
  return loader;
}

function checkpointOf({ treeSize, root, sealedAt, note }: SignedHead): LogCheckpoint {
  return { treeSize, root: root.toString("base64"), sealedAt, note };
}
