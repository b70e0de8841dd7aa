import { randomUUID } from 'node:crypto';
import type { Router } from 'express';
import { z } from 'zod';
import { mutationSchema, recipeSchema } from '../../control/control-schemas.ts';
import { countStats } from '../../control/stats.ts';
import { LARGEST_ORG, SMALLEST_ORG } from '../../org/generate-org.ts';
import { type MutationSummary, mutateOrg } from '../../org/mutate.ts';
import { USER_STATUSES } from '../../org/types.ts';
import type { World } from '../../world.ts';
import { formValues, queryText } from '../form-values.ts';
import { textField } from '../forms.ts';
import { type Html, html } from '../html.ts';
import { type Notice, sendPage } from '../layout.ts';
import { OneTimeValues } from '../one-time-values.ts';
import { statusWord } from '../words.ts';

const ORGANIZATION = '/console/organization';
const LARGEST_SEED = 0xffffffff;

const mutationForm = z.object({ seed: z.coerce.number().pipe(mutationSchema.shape.seed.unwrap()) });
const recipeForm = z.object({
  users: z.coerce.number().pipe(recipeSchema.shape.users),
  groups: z.coerce.number().pipe(recipeSchema.shape.groups),
  seed: z.coerce.number().pipe(recipeSchema.shape.seed),
  sure: z.literal('yes', { error: 'tick the box: all edits are lost' }),
});

/** Rehearsal → Organization: what is in it, let a day pass, start over. */
export function addOrganizationPages(router: Router, world: World): void {
  const days = new OneTimeValues();
  const show = (notice: Notice | undefined, status = 200) => ({
    title: 'Organization',
    section: 'organization' as const,
    status,
    notice,
    body: organizationBody(world),
  });

  router.get('/organization', (request, response) => {
    const isNew = queryText(request, 'done') === 'regenerated';
    const day = days.take(queryText(request, 'day'), world.now());
    const text = isNew ? 'The organization is a new one.' : day;
    sendPage(response, show(text === undefined ? undefined : { tone: 'done', text }));
  });

  router.post('/organization/mutate', (request, response) => {
    const input = mutationForm.safeParse(formValues(request));
    if (!input.success) {
      sendPage(response, show(failure(input.error), 400));
      return;
    }
    const summary = mutateOrg(world.organisation, input.data.seed, world.now());
    const day = randomUUID();
    days.put(day, dayInWords(summary), world.now());
    response.redirect(303, `${ORGANIZATION}?day=${day}`);
  });

  router.post('/organization', (request, response) => {
    const input = recipeForm.safeParse(formValues(request));
    if (!input.success) {
      sendPage(response, show(failure(input.error), 400));
      return;
    }
    const { users, groups, seed } = input.data;
    world.regenerate({ users, groups, seed });
    response.redirect(303, `${ORGANIZATION}?done=regenerated`);
  });
}

function failure(error: z.ZodError): Notice {
  const reasons = error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  return { tone: 'failed', text: `Nothing was done. ${reasons.join('. ')}` };
}

function dayInWords(summary: MutationSummary): string {
  const sentences = [
    `${summary.changed.length} changed`,
    `${summary.renamed.length} with a new username`,
    `${summary.deactivated.length} left`,
    `${summary.erased.length} deleted`,
    summary.rehired ? '1 back under a new id' : '',
    `${summary.groupsWithMoves.length} groups with other members`,
    summary.biggestGroup ? '1 more in the biggest group' : '',
    summary.groupRenamed ? '1 group renamed' : '',
    summary.groupDeleted ? '1 group deleted' : '',
  ];
  return `A day passed: ${sentences.filter(Boolean).join(', ')}.`;
}

function organizationBody(world: World): Html {
  const stats = countStats(world);
  return html`<h1>Organization</h1>
    <p>
      ${stats.users} people and ${stats.groups} groups with ${stats.memberships} memberships (Everyone’s not
      counted), generated from seed ${stats.recipe.seed}.
    </p>
    <table>
      <caption>People by status</caption>
      <thead><tr><th scope="col">Status</th><th scope="col" class="number">People</th></tr></thead>
      <tbody>
        ${USER_STATUSES.map(
          (status) =>
            html`<tr>
              <th scope="row">${statusWord(status)} <code>${status}</code></th>
              <td class="number">${stats.usersByStatus[status]}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    <h2>Let a day pass</h2>
    <p>People change, move between groups, get new usernames, leave, and come back. The same number does the same.</p>
    <form method="post" action="${ORGANIZATION}/mutate" class="row">
      ${textField({ name: 'seed', label: 'Day', type: 'number', value: 1, min: 0, max: LARGEST_SEED, prefix: 'day', isRequired: true })}
      <button>Let a day pass</button>
    </form>
    ${startOver(stats.recipe)}`;
}

function startOver(recipe: { users: number; groups: number; seed: number }): Html {
  return html`<h2>Start over</h2>
    <p>Makes another organization. Tokens and faults stay; everything done to people and groups is lost.</p>
    <form method="post" action="${ORGANIZATION}">
      <div class="fields">
        ${textField({ name: 'users', label: 'People', type: 'number', value: recipe.users, min: SMALLEST_ORG.users, max: LARGEST_ORG.users, isRequired: true })}
        ${textField({ name: 'groups', label: 'Groups, with Everyone', type: 'number', value: recipe.groups, min: SMALLEST_ORG.groups, max: LARGEST_ORG.groups, isRequired: true })}
        ${textField({ name: 'seed', label: 'Seed', type: 'number', value: recipe.seed, min: 0, max: LARGEST_SEED, isRequired: true })}
      </div>
      <p>
        <input type="checkbox" id="sure" name="sure" value="yes" required />
        <label for="sure">Yes, lose all edits</label>
      </p>
      <button class="danger">Start over</button>
    </form>`;
}
