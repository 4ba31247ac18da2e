package io.github.enterprisesso.teams.admin;

import io.github.enterprisesso.teams.sync.Roster;
import java.util.List;

/**
 * A page of people.
 *
 * @param total how many there are on all pages
 * @param invitations open invitations to organizations that match the search; on the first page only, at most 1000
 */
public record PeopleJson(long total, List<Roster.Entry> users, List<Roster.Invitation> invitations) {}
