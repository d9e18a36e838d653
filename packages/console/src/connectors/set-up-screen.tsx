import { ActionIcon, Alert, Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../api/api-error.ts';
import {
  type Connector,
  connectorsKey,
  type Factory,
  isConflict,
  knownLiveConnector,
  setUpConnector,
  takeForLive,
} from '../api/connectors.ts';
import { withLeft } from '../forms/with-left.ts';
import { useConnectorText } from '../i18n/use-connector-text.ts';
import { IconX } from '../shell/icons.tsx';
import { LeaveGuard } from '../shell/leave-guard.tsx';
import { tellSuccess } from '../shell/notices.ts';
import { PageHeading } from '../shell/page-heading.tsx';
import { channelWords } from './channel-rows.ts';
import { ConnectorLogo } from './connector-logo.tsx';
import { Deliverability } from './deliverability.tsx';
import { type Draft, defaultsOf } from './draft.ts';
import { Guide, GuideButton } from './guide.tsx';
import { ParameterForm } from './parameter-form.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import { SaveFailure } from './save-failure.tsx';
import classes from './set-up-screen.module.css';
import { StepCard } from './step-card.tsx';
import { templatesKey } from './templates/read-templates.ts';
import { carryOver } from './templates/templates.ts';
import { TestPanel } from './test-panel.tsx';
import { useDraft } from './use-draft.ts';
import { useFirstCountries } from './use-first-countries.tsx';

type Props = { factory: Factory; live: Connector | null; previous: readonly Connector[] };

/** The whole set-up: the guide on the left; parameters, test and **Save and Done** on the right. */
export function SetUpScreen({ factory, live, previous }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const textOf = useConnectorText();
  const { name } = textOf(factory);
  const [seen, setSeen] = useState(live);
  const [{ templates, isCarried }] = useState(() => templatesFor(factory, live));
  const [config] = useState(() => ({ ...defaultsOf(factory.formItems), [templatesKey]: templates }));
  const countries = useFirstCountries(factory, live);
  const state = useDraft(factory.id, factory.formItems, config);

  const saving = useMutation({
    mutationFn: (_draft: Draft) => setUpConnector(factory.id, state.config(), seen?.id ?? null),
    onSuccess: async (connector) => {
      takeForLive(queries, factory.type, connector);
      await countries.save();
      await navigate({ to: '/connectors/$id', params: { id: connector.id }, ignoreBlocker: true });
      void queries.invalidateQueries({ queryKey: connectorsKey });
      tellSuccess(t('connectors.saved', { name }));
    },
    onError: async (error, sent) => {
      if (!isConflict(error)) return void state.refuse(toApiError(error), sent);
      await queries.invalidateQueries({ queryKey: connectorsKey });
      setSeen(knownLiveConnector(queries, factory.type));
    },
  });
  const hasConflict = isConflict(saving.error);

  return (
    <div className={classes.screen}>
      <LeaveGuard isDirty={state.isDirty} ownPath={`/connectors/set-up/${factory.id}`} />
      <header className={classes.head}>
        <Group gap="sm" wrap="nowrap" miw={0}>
          <ActionIcon
            component={Link}
            to="/connectors"
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('connectors.setUpScreen.close')}
          >
            <IconX size={20} />
          </ActionIcon>
          <ConnectorLogo of={factory} size={36} />
          <PageHeading title={t('connectors.setUpScreen.title', { name })} size="h4" />
        </Group>
        <GuideButton of={factory} hiddenFrom="md" />
      </header>
      <main className={classes.columns}>
        <Guide of={factory} className={classes.guide} />
        {/* The page goes with what was typed after the save. */}
        <div className={classes.work} inert={saving.isPending}>
          <Stack gap="lg">
            {seen && <ReplacesNotice live={seen} isCarried={isCarried} />}
            <PreviousNotice factory={factory} live={seen} previous={previous} />
            <StepCard number={1} title={t('connectors.step1')}>
              <ParameterForm channel={factory.type} state={state} />
            </StepCard>
            <StepCard number={2} title={t('connectors.step2')}>
              <TestPanel factoryId={factory.id} channel={factory.type} state={state} />
            </StepCard>
            {countries.step}
            {factory.type === 'Email' && !factory.isDemo && <Deliverability factoryId={factory.id} state={state} />}
          </Stack>
        </div>
      </main>
      <footer className={classes.foot} data-saves>
        <div className={classes.footText}>
          <SaveFailure channel={factory.type} error={saving.error} state={state} />
        </div>
        <Button
          size="md"
          loading={saving.isPending}
          onClick={() => state.check() && countries.check() && saving.mutate(state.draft)}
        >
          {withLeft(t, t(hasConflict ? 'connectors.conflict.anyway' : 'connectors.saveAndDone'), state.left)}
        </Button>
      </footer>
    </div>
  );
}

/** What the templates start with: those of the connector that is alive now, where they fit. */
function templatesFor(factory: Factory, live: Connector | null) {
  const defaultOf = ({ formItems }: Factory | Connector) => defaultsOf(formItems)[templatesKey];
  return carryOver(factory.type, defaultOf(factory), live && (live.config[templatesKey] ?? defaultOf(live)));
}

function ReplacesNotice({ live, isCarried }: { live: Connector; isCarried: boolean }) {
  const { t } = useTranslation();
  const { name } = useConnectorText()(live);
  return (
    <Alert variant="outline" color="indigo" title={t('connectors.change.onlyOne', channelWords(t, live.type))}>
      <Text size="sm">{t('connectors.change.lead', { name })}</Text>
      <Text size="sm">{t(isCarried ? 'connectors.change.carried' : 'connectors.change.notCarried', { name })}</Text>
    </Alert>
  );
}

function PreviousNotice({ factory, live, previous }: Props) {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const { name } = useConnectorText()(factory);
  const before = previous.find(({ connectorId }) => connectorId === factory.id);
  if (!before) return null;
  return (
    <Alert variant="outline" color="gray" title={t('connectors.previous.hadTitle', { name })}>
      <Group justify="space-between">
        <Text size="sm" flex="1 1 16rem">
          {t('connectors.previous.hadText')}
        </Text>
        <Button size="xs" variant="default" onClick={() => setAsked(true)}>
          {t('connectors.previous.restore')}
        </Button>
      </Group>
      {isAsked && <RestoreDialog connector={before} live={live} onClose={() => setAsked(false)} />}
    </Alert>
  );
}
