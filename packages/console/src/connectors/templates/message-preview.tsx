import { Skeleton } from '@mantine/core';
import { lazy } from 'react';
import { Part } from '../../shell/part.tsx';
import { PhonePreview } from './phone-preview.tsx';
import type { EditableTemplate } from './read-templates.ts';
import type { CodePolicy } from './templates.ts';

// What makes text of HTML is large.
const MailPreview = lazy(() => import('./mail-preview.tsx'));

type Props = { channel: string; template: EditableTemplate; policy: CodePolicy };

/** The message of a template as people get it. */
export function MessagePreview({ channel, template, policy }: Props) {
  if (channel !== 'Email') return <PhonePreview template={template} policy={policy} />;
  return (
    <Part fallback={<Skeleton height={320} />}>
      <MailPreview template={template} policy={policy} />
    </Part>
  );
}
