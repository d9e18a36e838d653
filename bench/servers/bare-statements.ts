/** Runs a statement with its parameters, `$1` and so on in the order of the text. */
export type Execute = (sql: string, parameters: readonly (string | number | null)[]) => void;
export type Body = { phone: string; code: string };

const windowMs = 600_000;

/** A row each, as Sesame writes them for a back end: limit, code, message. */
export function beginSend(execute: Execute, id: string, { phone, code }: Body): void {
  const now = Date.now();
  execute(
    `insert into send_limits (key, window_started_at, sends, max_sends, window_ms, last_send_id)
    values ($1, $2, 1, 10, ${windowMs}, $3)
    on conflict (key) do update set sends = send_limits.sends + 1, last_send_id = excluded.last_send_id`,
    [`recipient:${phone}/back-end`, now, id],
  );
  execute(
    `insert into verification_codes (flow, recipient, digest, message_id, tries, created_at, expires_at)
    values ('management', $1, $2, $3, 0, $4, $5)
    on conflict (flow, recipient) do update set digest = excluded.digest, message_id = excluded.message_id, tries = 0`,
    [phone, code, id, now, now + windowMs],
  );
  execute(
    `insert into messages (id, recipient, country, usage_type, locale, factory_id, connector_id, state, created_at, updated_at)
    values ($1, $2, 'CN', 'Generic', 'en', 'http-sms', 'bare', 'sending', $3, $4)`,
    [id, phone, now, now],
  );
}

/** What became of the message. */
export function settle(execute: Execute, id: string): void {
  execute(`update messages set state = 'accepted', updated_at = $1 where id = $2`, [Date.now(), id]);
}

/** The code, the failures that it ends, the message. */
export function check(execute: Execute, id: string, { phone, code }: Body): void {
  const now = Date.now();
  execute(
    `update verification_codes set tries = tries + 1, used_at = $1, last_check_id = $2
    where flow = 'management' and recipient = $3 and digest = $4 and used_at is null`,
    [now, id, phone, code],
  );
  execute('delete from verification_failures where recipient = $1', [phone]);
  execute(
    `update messages set verified_at = $1 where id =
      (select message_id from verification_codes where flow = 'management' and recipient = $2 and last_check_id = $3)`,
    [now, phone, id],
  );
}

/** What a provider says of a message. */
export function report(execute: Execute, messageId: string, state: string): void {
  execute(
    `insert into message_reports (message_id, digest, connector_id, received_at, state) values ($1, $2, 'bare', $3, $4)
    on conflict (message_id, digest) do nothing`,
    [messageId, state, Date.now(), state],
  );
}
