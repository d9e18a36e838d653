import type { Findings } from '../findings.ts';
import type { Pause } from '../pauses.ts';
import { row } from './figures.ts';

/** How long everybody waited while something was asked for: a line for each, the databases side by side. */
export function pauseTable(measured: Findings['pauses']): string[] {
  const [first] = measured;
  if (!first) return [];
  const columns = measured.flatMap(({ database }) => [
    `${database}: answer ms`,
    `${database}: longest /livez ms`,
    `${database}: elsewhere ms`,
  ]);
  return [
    row('Meanwhile', ...columns),
    row('---', ...columns.map(() => '---:')),
    ...first.pauses.map(({ name }, index) => row(name, ...measured.flatMap(({ pauses }) => cells(pauses[index])))),
    '',
  ];
}

function cells(pause: Pause | undefined): string[] {
  if (!pause) return ['', '', ''];
  const { answerMs, refusal, longestMs, elsewhereMs } = pause;
  const answer = refusal ? `not served (${refusal})` : (answerMs?.toFixed(1) ?? '');
  return [answer, longestMs.toFixed(1), elsewhereMs.toFixed(1)];
}
