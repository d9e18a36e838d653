import { Button, Modal, SegmentedControl, Skeleton, Stack, useMantineColorScheme } from '@mantine/core';
import { lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Part } from '../shell/part.tsx';

const MailFrame = lazy(() => import('../mails/mail-frame.tsx').then(({ MailFrame: one }) => ({ default: one })));

const schemes = ['light', 'dark'] as const;

/** Opens a mail as its reader would see it. */
export function MailButton({ subject, html }: { subject: string; html: string }) {
  const { t } = useTranslation();
  const { colorScheme } = useMantineColorScheme();
  const [isOpen, setOpen] = useState(false);
  const [scheme, setScheme] = useState<(typeof schemes)[number]>(colorScheme === 'dark' ? 'dark' : 'light');
  return (
    <>
      <Button size="compact-xs" variant="default" display="block" mt={6} onClick={() => setOpen(true)}>
        {t('developmentInbox.openMail')}
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={subject} size="lg">
        <Stack gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={t('mails.scheme')}
            value={scheme}
            data={schemes.map((value) => ({ value, label: t(`mails.${value}`) }))}
            onChange={(value) => setScheme(value as typeof scheme)}
          />
          <Part fallback={<Skeleton height={320} />}>
            <MailFrame html={html} colorScheme={scheme} title={t('mails.frame')} />
          </Part>
        </Stack>
      </Modal>
    </>
  );
}
