import { Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shareText } from '../lists/share-text.ts';
import { SuccessText } from '../lists/success-text.tsx';
import { stages } from './figures.ts';
import classes from './funnel-bars.module.css';
import type { Funnel } from './overview-api.ts';

/** Requested, sent, delivered and verified, each with its number and its share of what was requested. */
export function FunnelBars({ funnel }: { funnel: Funnel }) {
  const { t, i18n } = useTranslation();
  const share = (value: number) => (funnel.requested === 0 ? 0 : value / funnel.requested);
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <Paper withBorder p="lg" radius="md">
      <ol className={classes.stages}>
        {stages.map((stage) => (
          <li key={stage} className={classes.stage}>
            <Text fw={600} size="sm">
              {t(`overview.stage.${stage}`)}
            </Text>
            <Text size="sm" className={classes.number}>
              {/* Less than everything is usual further down: not everybody types the code in. */}
              <SuccessText succeeded={stage === 'sent' ? funnel.sent : funnel.requested} total={funnel.requested}>
                {number.format(funnel[stage])}
                {stage !== 'requested' && ` (${shareText(share(funnel[stage]), i18n.language)})`}
              </SuccessText>
            </Text>
            <div className={classes.track}>
              <div className={classes.bar} style={{ width: `${share(funnel[stage]) * 100}%` }} />
            </div>
          </li>
        ))}
      </ol>
      <Text size="xs" c="dimmed" mt="md">
        {t('overview.figures.explain')}
      </Text>
    </Paper>
  );
}
