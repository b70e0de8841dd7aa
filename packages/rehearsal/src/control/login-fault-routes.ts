import type { Router } from 'express';
import { type LoginFault, timesLeftOf } from '../login-faults/login-fault-board.ts';
import { parseLoginFault } from '../login-faults/login-fault-input.ts';
import { notFound } from '../okta-error.ts';
import type { World } from '../world.ts';
import type { LoginFaultView } from './control-types.ts';

/** Login faults by JSON. */
export function addLoginFaultRoutes(router: Router, world: World): void {
  router.get('/login-faults', (_request, response) => {
    response.json(world.loginFaults.list().map(viewLoginFault));
  });
  router.post('/login-faults', (request, response) => {
    const fault = world.loginFaults.add(parseLoginFault(request.body), world.now());
    response.status(201).json(viewLoginFault(fault));
  });
  router.delete('/login-faults', (_request, response) => {
    response.json({ cleared: world.loginFaults.clear() });
  });
  router.delete('/login-faults/:id', (request, response) => {
    if (world.loginFaults.clear(request.params.id) === 0) throw notFound(request.params.id, 'Fault');
    response.json({ cleared: 1 });
  });
}

function viewLoginFault(fault: LoginFault): LoginFaultView {
  return { ...fault, timesLeft: timesLeftOf(fault) };
}
