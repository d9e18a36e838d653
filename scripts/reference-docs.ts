import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { errorCatalogue } from '../packages/server/src/errors.ts';
import { type Setting, settings } from '../packages/server/src/settings.ts';

/** The pages under docs/ that are made from the code, by file name. */
export const referenceDocs: Record<string, () => string> = { 'configuration.md': configuration, 'errors.md': errors };

/** Where a page of docs/ is. */
export const docsFile = (name: string): string => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));

function configuration(): string {
  const sections = Object.entries<Setting<unknown>>(settings).map(([name, setting]) => describe(name, setting));
  return `# Configuration

<!-- Made by scripts/write-docs.mjs from packages/server/src/settings.ts. -->

Settings are environment variables. None is needed to try Sesame out; an empty one counts as absent, and line breaks at the end of one are no part of it, nor is a byte order mark before it. A wrong one stops the start with a line that says what it takes. Sesame reads no \`.env\` file of its own; Docker Compose does, and so does \`node --env-file=.env scripts/start.mjs\`.

In Kubernetes, a Service called \`sesame\` puts variables such as \`SESAME_PORT=tcp://10.43.0.1:3001\` into the pods beside it. Sesame leaves them alone and names them in a warning; \`enableServiceLinks: false\` in the pod keeps them away.

For anything but a first try, set \`SESAME_PUBLIC_URL\` and read [Operations](operations.md).

${sections.join('\n')}
What may be sent and how codes work (length, lifetime, tries, limits) is not set here but at run time, in the Console or with \`PATCH /api/sign-in-exp\`.
`;
}

function describe(name: string, { about, alias, takes, defaultText, defaultWords }: Setting<unknown>): string {
  const fallback = defaultText === undefined ? (defaultWords ?? 'none') : `\`${defaultText}\``;
  return `## ${[name, ...(alias ? [alias] : [])].map((each) => `\`${each}\``).join(', ')}

${about}

- Takes ${takes}.
- Default: ${fallback}.
`;
}

function errors(): string {
  const sections = Object.entries(errorCatalogue).map(
    ([code, { status, message, hint }]) => `## \`${code}\`\n\n${message} HTTP ${status}.\n\n${hint}\n`,
  );
  return `# Error codes

<!-- Made by scripts/write-docs.mjs from packages/server/src/errors.ts. -->

Every error of the API is JSON: \`{ "code": …, "message": …, "data": … }\`. \`code\` is one of those below and stays the same between versions; \`message\` is for people and may change; \`data\` is there where more is known. Where a later attempt can succeed, the header \`Retry-After\` says after how many seconds.

Where fields of a request are at fault, \`data.issues\` names every one of them: its \`path\`, a \`message\`, and a \`code\` of its own where that is another one than that of the answer, which is the code of the first. The data of \`password.rejected\` is the list of the rules that the password breaks, as in Logto; beside other fields it is an issue like them, with these \`rules\`.

When a provider fails rather than refuses (\`data.kind\` is \`unclear\`), the status is 502 whatever the code: the message may or may not have been sent. Where people sign in, \`data.verificationId\` is then that of the code, which counts if it arrives all the same.

The endpoints under \`/oidc\` answer as OAuth 2.0 says instead: \`{ "error": …, "error_description": … }\`.

${sections.join('\n')}`;
}

if (import.meta.main) {
  for (const [name, make] of Object.entries(referenceDocs)) writeFileSync(docsFile(name), make());
}
