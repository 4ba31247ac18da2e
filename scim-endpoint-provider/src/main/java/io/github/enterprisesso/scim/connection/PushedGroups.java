package io.github.enterprisesso.scim.connection;

import jakarta.persistence.EntityManager;
import java.util.List;
import org.keycloak.models.GroupModel;
import org.keycloak.models.GroupModel.GroupUpdatedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What a connection leaves behind in the groups that it has pushed. */
final class PushedGroups {

    private PushedGroups() {}

    /** The groups stay with their members and belong to nobody; one by one, so that listeners hear of each. */
    static void detach(KeycloakSession session, RealmModel realm, EntityManager em, String connectionId) {
        List<String> ids = em.createQuery(
                        "select a.group.id from GroupAttributeEntity a where a.name = :name and a.value = :connection"
                                + " and a.group.realm = :realm",
                        String.class)
                .setParameter("name", ScimConnection.GROUP_ATTRIBUTE)
                .setParameter("connection", connectionId)
                .setParameter("realm", realm.getId())
                .getResultList();
        for (String id : ids) {
            GroupModel group = session.groups().getGroupById(realm, id);
            if (group != null) {
                group.removeAttribute(ScimConnection.GROUP_ATTRIBUTE);
                em.flush();
                GroupUpdatedEvent.fire(group, session);
            }
        }
    }
}
