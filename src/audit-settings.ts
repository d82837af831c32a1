import { z } from "zod";
import { isAddressRange } from "./identity/networks.ts";
import { setting } from "./setting.ts";
import { absolutePath, commaList, jsonOf, wholeNumber } from "./setting-shapes.ts";

/** Settings of the decision log: its sealing, who keeps its checkpoints, and how it is watched. */
export const AUDIT_SETTINGS = {
  auditSensitive: setting<"strict" | "mask">({
    doc: "What is answered while the decision log can't be written, where SENSITIVE values would be shown in clear: `strict` refuses with 503, `mask` gives the answer without them.",
    env: "AUDIT_SENSITIVE",
    default: "strict",
    schema: z.enum(["strict", "mask"]),
  }),
  auditPrivate: setting<"strict" | "mask">({
    doc: "The same for PRIVATE values.",
    env: "AUDIT_PRIVATE",
    default: "strict",
    schema: z.enum(["strict", "mask"]),
  }),
  auditMaxBacklog: setting({
    doc: "Records of decisions that may wait for a database that can't be reached; beyond it nothing is answered.",
    unit: "characters",
    env: "AUDIT_MAX_BACKLOG",
    default: 16_000_000,
    schema: wholeNumber({ min: 10_000, max: 1_000_000_000 }),
  }),
  auditLogName: setting({
    doc: "Name of the decision log, as its checkpoints and keys carry it; kept from its first record on.",
    env: "AUDIT_LOG_NAME",
    default: "custodia.local/decisions",
    schema: z.string().regex(/^[^\s+]+$/, "must have neither spaces nor plus signs"),
  }),
  auditSealer: setting<"on" | "off">({
    doc: "`off` on a node that leaves sealing the decision log to others; one node at least has to seal.",
    env: "AUDIT_SEALER",
    default: "on",
    schema: z.enum(["on", "off"]),
  }),
  auditPublishFile: setting<string | null>({
    doc: "Folder that keeps every published checkpoint, on a disk that others look after; none by default.",
    env: "AUDIT_PUBLISH_FILE",
    default: null,
    schema: absolutePath(),
  }),
  auditPublishUrl: setting<string | null>({
    doc: "Address of somebody who keeps checkpoints: each newest one is PUT there; none by default.",
    env: "AUDIT_PUBLISH_URL",
    secret: true,
    default: null,
    schema: z.url({ protocol: /^https?$/, error: "must be an http or https address" }),
  }),
  auditWitnesses: setting<readonly { readonly url: string; readonly key: string }[]>({
    doc: "Witnesses that cosign checkpoints (C2SP tlog-witness), a JSON list of { url, key }, the key as a verifier key.",
    env: "AUDIT_WITNESSES",
    default: [],
    schema: jsonOf(z.array(z.strictObject({ url: z.url(), key: z.string().min(1) }))),
  }),
  metricsNetworks: setting<readonly string[]>({
    doc: "Networks (CIDR, by comma) from which GET /metrics is answered; from elsewhere there is no such page.",
    env: "METRICS_NETWORKS",
    default: ["127.0.0.0/8", "::1/128"],
    schema: commaList({ passes: isAddressRange, fault: "must be networks in CIDR notation" }),
  }),
  metricsAddress: setting<string | null>({
    doc: "Address and port, such as 10.0.0.5:9464, on which /metrics is served instead of beside the API.",
    env: "METRICS_ADDRESS",
    default: null,
    schema: z
      .string()
      .regex(/^(\[[0-9a-f:]+\]|[^:\s]+):\d{1,5}$/i, "must be an address and a port"),
  }),
} as const;
