/**
 * What a login says about groups: where the claim or attribute stands, what it holds, and the difference between a claim that
 * is empty and one that is not there. Pure; the edge hands over tokens as maps and assertions as lists of attributes.
 */
package io.github.enterprisesso.teams.claim;
