/** Tells how the last answer went: one line, and under it what was not given in clear. */
export function showAnswer({ line, withheld, response, answer, tookMs }) {
  const codes = [...new Set((answer.errors ?? []).map(({ extensions }) => extensions?.code))];
  const left = /r=(\d+)/.exec(response.headers.get("ratelimit") ?? "")?.[1];
  const cost = answer.extensions?.cost?.asked;
  line.replaceChildren(
    part("HTTP ", response.status, response.ok ? "" : "bad"),
    part("", `${Math.round(tookMs)} ms`),
    ...(codes.length > 0 ? [part("errors: ", codes.join(", "), "bad")] : []),
    ...(cost === undefined ? [] : [part("cost: ", cost)]),
    ...(left === undefined ? [] : [part("requests left this minute: ", left)]),
    part("request id: ", response.headers.get("x-request-id") ?? "none"),
  );
  showWithheld(withheld, answer.extensions?.access?.fields ?? []);
}

function part(label, value, kind = "") {
  const span = document.createElement("span");
  const bold = document.createElement("b");
  bold.textContent = String(value);
  bold.className = kind;
  span.append(label, bold);
  return span;
}

function showWithheld(details, fields) {
  details.hidden = fields.length === 0;
  const byLevel = Map.groupBy(fields, ({ disclosure }) => disclosure);
  const counts = Array.from(byLevel, ([level, { length }]) => `${length} ${level}`).join(", ");
  details.querySelector("summary").textContent = `Not in clear: ${counts}`;
  details.querySelector("tbody").replaceChildren(
    ...fields.map(({ path, disclosure, reason, rule }) => {
      const row = document.createElement("tr");
      for (const text of [path, disclosure, reason, rule])
        row.insertCell().textContent = text ?? "";
      return row;
    }),
  );
}
