import assert from 'node:assert/strict';
import type { ConnectorContract, ContractCheck } from './connector-contract.ts';
import { withRig } from './contract-rig.ts';
import type { DoubleReply, Fault } from './provider-double.ts';

const faults: Fault[] = ['hang', 'reset', 'cut', 'html', 'server-error', 'empty', 'huge'];

/** What a connector makes of a provider that fails below the level of its API. */
export function faultChecks(contract: ConnectorContract): ContractCheck[] {
  const accepted = contract.acceptedFaults ?? [];
  if (contract.speaks === 'SMTP') return [];
  return [
    ...faults.map((fault) => ({
      name: accepted.includes(fault)
        ? `takes the fault "${fault}" as accepted`
        : `does not know what came of the fault "${fault}", and does not send again`,
      run: () => expectFault(contract, fault, accepted.includes(fault)),
    })),
    ...['null', '[]', '{}', '"text"', '0'].map((body) => ({
      name: `is not put off by ${body} as reply`,
      run: () => expectUnclear(contract, { body, headers: { 'content-type': 'application/json' } }),
    })),
    { name: 'does not follow a redirect', run: () => expectNoRedirect(contract) },
    { name: 'tries again when there is no connection', run: () => expectReconnects(contract) },
  ];
}

const expectFault = (contract: ConnectorContract, fault: Fault, isAccepted: boolean) =>
  withRig(contract, async ({ double, send, refusal, attempts }) => {
    double.failNext(fault);
    if (isAccepted) await send();
    else assert.equal((await refusal(fault === 'hang' ? { timeoutMs: 100 } : {})).data.kind, 'unclear');
    assert.equal(attempts(), 1);
  });

/** A provider that may answer with nothing at all may also answer with anything. */
const expectUnclear = (contract: ConnectorContract, reply: DoubleReply) =>
  withRig(contract, async ({ double, send, refusal, attempts }) => {
    double.replyNext(reply);
    if (contract.acceptedFaults?.includes('empty')) await send();
    else assert.equal((await refusal()).data.kind, 'unclear');
    assert.equal(attempts(), 1);
  });

const expectNoRedirect = (contract: ConnectorContract) =>
  withRig(contract, (elsewhere) =>
    withRig(contract, async ({ double, refusal }) => {
      double.replyNext({ status: 307, headers: { location: elsewhere.double.url } });
      assert.equal((await refusal()).data.kind, 'unclear');
      assert.deepEqual([double.requests.length, elsewhere.double.requests.length], [1, 0]);
    }),
  );

const expectReconnects = (contract: ConnectorContract) =>
  withRig(contract, async ({ double, refusal, attempts, sleeps }) => {
    await double.close();
    assert.equal((await refusal()).data.kind, 'unclear');
    assert(attempts() > 1, 'there was one attempt only');
    assert.equal(sleeps.length, attempts() - 1);
  });
