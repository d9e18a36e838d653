import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import { type Recipient, readRecipient } from '../../../messaging/recipient.ts';
import { onOneLine } from '../../../plain-text.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent, recipientIn, toOneRecipient } from '../../schemas.ts';

const tags = ['Test numbers'];

const testNumberSchema = z.object({
  recipient: z.string().describe('A number in E.164, or an address in lower case.'),
  note: z.string(),
  codeLength: z.int().describe('Digits of the code; the code itself is in no reply.'),
  expiresAt: z.int().nullable().describe('When it becomes an ordinary number; null for never.'),
  createdAt: z.int(),
  updatedAt: z.int(),
});

type Deps = Pick<Services, 'testNumbers' | 'experience'>;

/** `GET` and `PUT /api/test-numbers`, `DELETE /api/test-numbers/:recipient` */
export function testNumbers(app: AppInstance, { testNumbers, experience }: Deps): void {
  app.get(
    '/test-numbers',
    {
      config: { role: 'viewer', scope: 'read' },
      schema: {
        tags,
        summary: 'List the test numbers',
        description: 'Also those that are over. Viewers see masked numbers.',
        response: { 200: z.array(testNumberSchema), ...errorResponses() },
      },
    },
    () => testNumbers.list(),
  );
  app.put(
    '/test-numbers',
    {
      config: { role: 'operator', scope: 'all', audit: { action: 'test-number.put', subject: 'test-number' } },
      schema: {
        tags,
        summary: 'Make a test number, or change one',
        description:
          'Give either `phone` or `email`. Its code is always the one given here: nothing is sent, nothing is counted, and no limit on messages holds; wrong answers count as everywhere. Whoever knows the code signs in as the user who has the number.',
        body: toOneRecipient({
          code: z
            .string()
            .regex(/^[0-9]{4,6}$/, { error: 'Give digits, as many as other codes have.' })
            .describe('The fixed code.'),
          expiresAt: z.int().nullish().describe('When it becomes an ordinary number, in milliseconds since the epoch.'),
          note: z
            .string()
            .max(256)
            .regex(...onOneLine)
            .optional()
            .describe('What it is for.'),
        }),
        response: {
          200: testNumberSchema,
          ...errorResponses(
            'test_number.expiry_required',
            'test_number.expiry_past',
            'test_number.code_length',
            'test_number.too_many',
          ),
        },
      },
    },
    async ({ body }) => {
      const { code, expiresAt = null, note = '' } = body;
      const { codeLength } = (await experience.read()).verificationCodePolicy;
      if (code.length !== codeLength) throw new ApiError('test_number.code_length', { codeLength });
      const { key: recipient } = recipientIn(body) as Recipient;
      return testNumbers.put({ recipient, code, expiresAt, note });
    },
  );
  app.delete(
    '/test-numbers/:recipient',
    {
      config: { role: 'operator', scope: 'all', audit: { action: 'test-number.delete', subject: 'test-number' } },
      schema: {
        tags,
        summary: 'Make a test number an ordinary one',
        params: z.object({ recipient: z.string().max(320) }),
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { recipient } }, reply) => {
      const key = readRecipient(recipient)?.key ?? recipient.toLowerCase();
      if (!(await testNumbers.remove(key))) throw new ApiError('entity.not_found');
      return reply.code(204).send(null);
    },
  );
}
