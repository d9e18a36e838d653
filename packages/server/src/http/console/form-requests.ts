import { matchLocale } from '@sesame/connector-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type PasswordIssue, ruleOf, sayIssues } from '../../accounts/password-rules/new-password.ts';
import { checkPassword, checkUsername } from '../../admin/credentials.ts';
import { ApiError } from '../../errors.ts';
import { parseLocales } from '../../locale.ts';
import { type ConsoleLanguage, consoleLanguages } from './console-language.ts';
import type { FieldProblem } from './form-pages.ts';
import { setUpProblems, setUpTexts } from './set-up-texts.ts';

/** One script at most, one stylesheet, and the form goes nowhere else. */
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Whatever is missing or far too long counts as left empty: a person sees a page, never an error in JSON. */
export const typed = z.string().max(1024).catch('');

/** All that is wrong with a username and a password that were typed, each beside its field. */
export function problemsIn(
  typed: { username: string; password: string; repeated: string },
  language: ConsoleLanguage,
): FieldProblem[] {
  const { fillIn, notRepeated } = setUpTexts[language];
  const checks = {
    username: () => checkUsername(typed),
    password: () => checkPassword(typed),
    repeated: () => undefined,
  };
  const problems = Object.entries(checks).flatMap(([field, check]) => {
    if (typed[field as keyof typeof typed] === '') return { field, message: fillIn };
    try {
      check();
      return [];
    } catch (error) {
      return toProblem(error, language);
    }
  });
  const isRepeated = typed.repeated === '' || typed.password === typed.repeated;
  return isRepeated ? problems : [...problems, { field: 'repeated', message: notRepeated }];
}

/** What a person can put right, beside the field; everything else is thrown on. */
function toProblem(error: unknown, language: ConsoleLanguage): FieldProblem {
  const translated = setUpProblems[language];
  if (error instanceof ApiError && error.code === 'password.rejected') {
    const issues = error.data?.issues as PasswordIssue[];
    const message = translated ? issues.map((issue) => translated[ruleOf(issue)]).join('') : sayIssues(issues);
    return { field: 'password', message };
  }
  if (error instanceof ApiError && error.code === 'guard.invalid_input') {
    const issues = (error.data?.issues ?? []) as { message: string }[];
    const message = translated?.username ?? issues.map((issue) => issue.message).join(' ');
    return { field: 'username', message };
  }
  throw error;
}

/** The language of the browser, where the pages are in it. */
export const languageOf = ({ 'accept-language': acceptLanguage }: FastifyRequest['headers']): ConsoleLanguage =>
  matchLocale(parseLocales(acceptLanguage), consoleLanguages) ?? 'en';

/** A page for one person at one time, with whatever secret is in its address. */
export function sendPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .headers({
      'cache-control': 'no-store',
      'content-security-policy': contentSecurityPolicy,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    .send(page);
}
