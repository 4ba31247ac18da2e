package io.github.enterprisesso.teams.admin;

import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.MappingEntity;
import io.github.enterprisesso.teams.sync.GroupMapper;
import io.github.enterprisesso.teams.sync.PushedGroup;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Finds what a request names, or answers that it is not there. */
final class Lookup {

    private final KeycloakSession session;
    private final RealmModel realm;

    Lookup(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    GroupMapper mapper() {
        return GroupMapper.of(session, realm)
                .orElseThrow(() -> Refusal.conflict("The realm has no group mapping yet: save its settings first"));
    }

    MappingEntity mapping(String id) {
        return new MapperState(session, realm.getId())
                .mappings()
                .find(id)
                .orElseThrow(() -> Refusal.notFound("Mapping"));
    }

    GroupModel pushedGroup(String id) {
        GroupModel group = session.groups().getGroupById(realm, id);
        if (group == null || !PushedGroup.is(group)) {
            throw Refusal.notFound("Pushed group");
        }
        return group;
    }
}
