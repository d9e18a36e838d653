import assert from 'node:assert/strict';
import type { ConnectorContract, ContractCheck, ContractRefusal } from './connector-contract.ts';
import { contractCode, withRig } from './contract-rig.ts';

/** More than a connector may try. */
const manyTimes = 10;

/** What a connector makes of each refusal that its provider documents. */
export function refusalChecks(contract: ConnectorContract): ContractCheck[] {
  return contract.refusals.flatMap((refusal) => [
    { name: `tells "${refusal.name}" as ${refusal.kind}`, run: () => expectMapping(contract, refusal) },
    { name: `hides secrets that "${refusal.name}" quotes`, run: () => expectQuoteHidden(contract, refusal) },
    refusal.retry
      ? { name: `sends again after "${refusal.name}"`, run: () => expectRetry(contract, refusal) }
      : { name: `does not send again after "${refusal.name}"`, run: () => expectNoRetry(contract, refusal) },
  ]);
}

const expectMapping = (contract: ConnectorContract, refusal: ContractRefusal) =>
  withRig(contract, async ({ double, refusal: refused }) => {
    for (let time = 0; time < manyTimes; time += 1) double.replyNext(refusal.reply);
    const { data } = await refused();
    assert.equal(data.kind, refusal.kind);
    assert.equal(data.providerCode, refusal.providerCode);
    assert(data.message.trim(), 'the error has no message');
    const words = wordsOf(refusal);
    if (words !== undefined) {
      const told = data.providerMessage ?? '';
      assert(told.trim() && words.includes(told), "the error does not hold the provider's words");
    }
  });

const expectQuoteHidden = (contract: ConnectorContract, refusal: ContractRefusal) =>
  withRig(contract, async ({ double, refusal: refused }) => {
    const words = wordsOf(refusal);
    const quote = [words, contractCode, ...contract.secrets].join(' ');
    const text = typeof refusal.reply.body === 'string' ? refusal.reply.body : JSON.stringify(refusal.reply.body ?? '');
    const body = words ? text.replaceAll(inJson(words), () => inJson(quote)) : text;
    for (let time = 0; time < manyTimes; time += 1) {
      double.replyNext({
        ...refusal.reply,
        headers: { 'content-type': 'application/json', ...refusal.reply.headers },
        body,
      });
    }
    assert.equal((await refused()).data.kind, refusal.kind);
  });

const expectRetry = (contract: ConnectorContract, refusal: ContractRefusal) =>
  withRig(contract, async ({ double, send, sleeps }) => {
    double.replyNext(refusal.reply);
    assert((await send()).providerMessageId, 'the second attempt has no id of the message');
    assert.equal(double.requests.length, 2);
    assert.equal(sleeps.length, 1, 'there was no wait between the attempts');
  });

const expectNoRetry = (contract: ConnectorContract, refusal: ContractRefusal) =>
  withRig(contract, async ({ double, refusal: refused }) => {
    double.replyNext(refusal.reply);
    await refused();
    assert.equal(double.requests.length, 1);
  });

function wordsOf({ providerMessage, reply }: ContractRefusal): string | undefined {
  return providerMessage ?? findWords(reply.body);
}

function findWords(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const entries = Object.entries(body);
  const own = entries.find(
    ([key, value]) => /^(error_?)?(message|msg)$/i.test(key) && value && typeof value === 'string',
  );
  if (own) return own[1];
  return entries.map(([, value]) => findWords(value)).find((words) => words !== undefined);
}

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
