import { Button, Drawer, Skeleton, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { IconBook } from '../shell/icons.tsx';
import { Part } from '../shell/part.tsx';
import { guideOf, type Translated } from './translation.ts';

const Readme = lazy(() => import('./readme.tsx'));

function Waiting() {
  return (
    <Stack gap="sm">
      {[70, 95, 90, 60, 92, 80].map((width) => (
        <Skeleton key={width} height={12} width={`${width}%`} />
      ))}
    </Stack>
  );
}

/** The guide of a connector, in a column that scrolls by itself. */
export function Guide({ of, className }: { of: Translated; className: string | undefined }) {
  const { t, i18n } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section className={className} aria-label={t('connectors.guide')} tabIndex={0}>
      <Part fallback={<Waiting />}>
        <Readme {...guideOf(of, i18n.language)} />
      </Part>
    </section>
  );
}

/** Opens the guide in a drawer. */
export function GuideButton({ of, hiddenFrom }: { of: Translated; hiddenFrom?: 'md' }) {
  const { t, i18n } = useTranslation();
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        flex="none"
        leftSection={<IconBook size={16} />}
        onClick={open}
        {...(hiddenFrom && { hiddenFrom })}
      >
        {t('connectors.checkReadme')}
      </Button>
      <Drawer opened={isOpen} onClose={close} position="right" size="lg" title={t('connectors.guide')}>
        <Part fallback={<Waiting />}>
          <Readme {...guideOf(of, i18n.language)} />
        </Part>
      </Drawer>
    </>
  );
}
