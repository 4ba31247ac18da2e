package io.github.enterprisesso.scim.group;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.context.AdministratorProtection;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.ScimException;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The group below which the connection's groups live, so that a push cannot collide with what the realm uses otherwise. */
final class ParentGroup {

    private final ScimContext scim;

    ParentGroup(ScimContext scim) {
        this.scim = scim;
    }

    /** Made when it is missing; empty when groups are pushed to the top level. */
    Optional<GroupModel> findOrCreate() {
        GroupModel parent = null;
        for (String name : scim.connection().groupsParent().split("/")) {
            if (!name.isBlank()) {
                GroupModel known = find(parent, name);
                parent = known != null ? known : create(parent, name);
            }
        }
        AdministratorProtection.refuseAdministrators(scim, parent);
        return Optional.ofNullable(parent);
    }

    private GroupModel find(GroupModel parent, String name) {
        return scim.session().groups().getGroupByName(scim.realm(), parent, name);
    }

    /**
     * In a transaction of its own: two first pushes at the same time both need it, and only one can make it. It stays, with
     * its admin event, even when the push is refused afterwards.
     */
    private GroupModel create(GroupModel parent, String name) {
        String parentId = parent == null ? null : parent.getId();
        RuntimeException failure = null;
        try {
            KeycloakModelUtils.runJobInTransaction(
                    scim.session().getKeycloakSessionFactory(), session -> create(session, parentId, name));
        } catch (RuntimeException e) {
            // What a lost race looks like differs between databases.
            failure = e;
        }
        GroupModel made = find(parent, name);
        if (made == null) {
            throw failure == null ? ScimException.internal() : failure;
        }
        return made;
    }

    private void create(KeycloakSession session, String parentId, String name) {
        RealmModel realm = session.realms().getRealm(scim.realm().getId());
        session.getContext().setRealm(realm);
        GroupModel parent = parentId == null ? null : session.groups().getGroupById(realm, parentId);
        GroupModel made = session.groups().createGroup(realm, name, parent);
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("id", made.getId()).put("displayName", name);
        new ScimContext(session, realm, scim.connection(), scim.token(), scim.baseUrl())
                .events()
                .group(OperationType.CREATE, made, null, json);
    }
}
