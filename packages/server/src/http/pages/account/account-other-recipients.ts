import { type AccountPage, makePrimaryPage, type RecipientDeedPage, removeRecipientPage } from '@sesame/pages';
import { controlOf } from '../../../experience/account-center.ts';
import { type CodeIdentifier, codeIdentifiers } from '../../../experience/methods.ts';
import { canSignIn } from '../../../sign-in/rules.ts';
import { otherField } from '../../../sign-in/user-recipients.ts';
import type { AppInstance } from '../../app-instance.ts';
import { answerForm } from '../parts/answer-form.ts';
import { recall } from '../parts/form-memory.ts';
import type { PageDeps } from '../parts/page-deps.ts';
import { sendPage } from '../parts/send-page.ts';
import { type Aim, verifyFirst } from './account-verify.ts';
import { type AccountVisit, openAccount, proofOfPerson } from './account-visit.ts';

const pathOf = (type: CodeIdentifier) => `/account/${type}/other`;

/** The numbers, or the addresses, beside the primary one, as the account page shows them; and where another is added. */
export async function othersOf(
  visit: AccountVisit,
  { users, connectors }: PageDeps,
  type: CodeIdentifier,
): Promise<{ others: NonNullable<AccountPage['otherPhones']>; add: string | undefined }> {
  const { user, center, policy, url } = visit;
  const control = controlOf(center, type);
  if (control === 'Off') return { others: [], add: undefined };
  const [all, live] = await Promise.all([users.others.list(user.id, type), connectors.liveChannels()]);
  const isFull = all.length >= center.otherRecipients;
  const others = all.map(({ id: other, address: value }) => {
    const left = all.map(({ address }) => address).filter((address) => address !== value);
    const isRemovable = canSignIn(policy, { ...user, [otherField[type]]: left }, live);
    const linkTo = (deed: string) => (control === 'Edit' ? url(`${pathOf(type)}/${deed}`, { other }) : undefined);
    return { value, makePrimary: linkTo('main'), remove: isRemovable ? linkTo('remove') : undefined };
  });
  return { others, add: control === 'Edit' && !isFull ? url(pathOf(type)) : undefined };
}

/** What is done with one of them, after the person has shown who it is and was asked once more. */
type Deed = {
  path: string;
  aim: Aim;
  page: (context: AccountVisit['context'], model: RecipientDeedPage) => string;
  notice: string;
  act: 'remove' | 'makePrimary';
};

/** `/account/<type>/other/remove` and `/account/<type>/other/main` */
export function accountOtherRecipients(app: AppInstance, deps: PageDeps): void {
  for (const type of codeIdentifiers) {
    deed(app, deps, type, {
      path: `${pathOf(type)}/remove`,
      aim: `remove-other-${type}`,
      page: removeRecipientPage,
      notice: `${type}-removed`,
      act: 'remove',
    });
    deed(app, deps, type, {
      path: `${pathOf(type)}/main`,
      aim: `make-${type}-primary`,
      page: makePrimaryPage,
      notice: `${type}-changed`,
      act: 'makePrimary',
    });
  }
}

function deed(app: AppInstance, deps: PageDeps, type: CodeIdentifier, { path, aim, page, notice, act }: Deed): void {
  app.get(path, async (request, reply) => {
    const visit = await openAccount(request, deps, type);
    const id = visit.text('other');
    const other = (await deps.users.others.list(visit.user.id, type)).find((one) => one.id === id);
    if (!other) return reply.redirect(visit.url('/account'), 303);
    const detour = verifyFirst(visit, aim);
    if (detour !== undefined) return reply.redirect(detour, 303);
    const model = {
      form: visit.form(path, { other: id }),
      recipient: other.address,
      links: { back: visit.url('/account') },
      problem: recall(request, visit, { path, ...deps.settings }).problem,
    };
    return sendPage(reply, { ...visit, page: page(visit.context, model) });
  });

  app.post(path, async (request, reply) => {
    const visit = await openAccount(request, deps, type);
    const detour = verifyFirst(visit, aim);
    if (detour !== undefined) return reply.redirect(detour, 303);
    const other = visit.text('other');
    return answerForm(reply, visit, deps, {
      page: { path, parameters: { other } },
      notice,
      async act() {
        await deps.account.others[act](visit.access, { type, id: other, personId: proofOfPerson(visit)?.id });
        return visit.url('/account');
      },
    });
  });
}
