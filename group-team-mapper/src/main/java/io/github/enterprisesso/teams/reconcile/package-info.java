/**
 * The difference between what a user should have, what is on record as given, and what he has: the fewest writes that
 * make the three agree. Pure; the edge applies the {@link io.github.enterprisesso.teams.reconcile.Plan}.
 */
package io.github.enterprisesso.teams.reconcile;
