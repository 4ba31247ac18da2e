package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.claim.GroupsClaim;
import io.github.enterprisesso.teams.claim.GroupsClaim.Named;
import io.github.enterprisesso.teams.claim.GroupsClaim.Unclear;
import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.Entitlement.Kind;
import io.github.enterprisesso.teams.mapping.Subject;
import io.github.enterprisesso.teams.reconcile.Plan;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.store.Census;
import io.github.enterprisesso.teams.store.ClaimedGroupEntity;
import io.github.enterprisesso.teams.store.Claims;
import io.github.enterprisesso.teams.store.MapperState;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.StorageId;

/** What comes of logins through identity providers. */
final class Logins {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final MappingSettings settings;
    private final MapperState state;
    private final Claims claims;
    private final ClaimedGroups groups;
    private final Effects effects;
    private final People people;
    private final Members members;

    Logins(
            KeycloakSession session,
            RealmModel realm,
            MappingSettings settings,
            MapperState state,
            Claims claims,
            ClaimedGroups groups,
            Effects effects,
            People people,
            Members members) {
        this.session = session;
        this.realm = realm;
        this.settings = settings;
        this.state = state;
        this.claims = claims;
        this.groups = groups;
        this.effects = effects;
        this.people = people;
        this.members = members;
    }

    boolean claimed(String userId, String provider, GroupsClaim claim, Map<String, String> names) {
        if (!StorageId.isLocalStorage(userId)) {
            return false;
        }
        if (!settings.identityProviders().contains(provider)) {
            tell(
                    userId,
                    provider,
                    "UNTRUSTED",
                    "Provider '%s' is not among the identity providers of the group mapping; what its login says of groups"
                            + " is not believed.");
            return false;
        }
        if (!settings.idpMapping()) {
            arrived(userId);
            return true;
        }
        if (claim instanceof Unclear unclear) {
            unclear(userId, provider, unclear);
            return false;
        }
        if (!leftAlone(userId)) {
            Set<String> ids = groups.of(provider, ((Named) claim).values(), names);
            // After the groups: who pushes locks these first as well.
            state.census(List.of(userId));
            claims.replace(userId, provider, ids);
            members.reconcile(List.of(userId), Occasion.LOGIN);
        }
        return true;
    }

    private void unclear(String userId, String provider, Unclear unclear) {
        String reason =
                switch (unclear.why()) {
                    case MISSING -> "A login through provider '%s' said nothing of groups; everything stays as it is.";
                    case OVERAGE ->
                        "A login through provider '%s' has too many groups to name them; everything stays as it is.";
                    case UNREADABLE ->
                        "A login through provider '%s' named groups in a way that cannot be read; everything stays as it is.";
                };
        tell(userId, provider, unclear.why().name(), reason);
    }

    private void tell(String userId, String provider, String why, String reason) {
        UserModel user = session.users().getUserById(realm, userId);
        effects.tell(
                OperationType.ACTION,
                "GROUP_MAPPING_CLAIM",
                "users/" + userId,
                user,
                Map.of("userId", userId, "provider", provider, "claim", why),
                Cause.of(reason.formatted(provider)));
    }

    /** Somebody came in through one of the providers of the mapping. */
    void arrived(String userId) {
        if (StorageId.isLocalStorage(userId) && !leftAlone(userId)) {
            members.reconcile(List.of(userId), Occasion.LOGIN);
        }
    }

    /** Whether the realm does not let the user in, were he brought in line now. */
    boolean shutOut(String userId, boolean arrived) {
        if (!settings.shutsOut() || !StorageId.isLocalStorage(userId)) {
            return false;
        }
        Census census = state.look(List.of(userId));
        Occasion occasion = arrived ? Occasion.LOGIN : Occasion.ANY;
        if (people.administratesByHand(userId, census)) {
            return false;
        }
        Set<Entitlement> held = new HashSet<>(census.grants(userId));
        Subject subject = people.subjects(census, occasion).get(userId);
        if (subject != null) {
            Plan plan = members.plan(userId, subject, census, occasion);
            held.addAll(plan.record());
            held.removeAll(plan.forget());
        }
        return held.stream().anyMatch(entitlement -> entitlement.kind() == Kind.ACCOUNT);
    }

    /** Who was made an administrator by hand is not for a login to change. */
    private boolean leftAlone(String userId) {
        return people.administratesByHand(userId, state.look(List.of(userId)));
    }

    /** The user's account at the provider is no longer his: what its logins named counts no more. */
    void unlinked(String userId, String provider) {
        if (claims.of(userId).stream().anyMatch(claim -> claim.getProvider().equals(provider))) {
            state.census(List.of(userId));
            claims.replace(userId, provider, Set.of());
            members.reconcile(List.of(userId), Occasion.ANY);
        }
    }

    /** A provider is gone, and everything its logins named with it. */
    void providerRemoved(String provider) {
        List<String> users = claims.users(provider);
        claims.remove(provider);
        members.reconcile(users, Occasion.PUSH);
        for (ClaimedGroupEntity group : claims.groups(provider, "", 0, Integer.MAX_VALUE)) {
            state.groups().remove(group.getId());
            // The brake may have kept a mapping, which an administrator decides on by the name of its group.
            if (state.mappings().of(List.of(group.getId())).isEmpty()) {
                claims.remove(group);
            }
        }
    }
}
