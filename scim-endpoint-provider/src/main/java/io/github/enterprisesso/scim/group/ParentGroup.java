package io.github.enterprisesso.scim.group;

import io.github.enterprisesso.scim.context.AdministratorProtection;
import io.github.enterprisesso.scim.context.ScimContext;
import java.util.Optional;
import org.keycloak.models.GroupModel;

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
                GroupModel known = scim.session().groups().getGroupByName(scim.realm(), parent, name);
                parent = known != null ? known : scim.session().groups().createGroup(scim.realm(), name, parent);
            }
        }
        AdministratorProtection.refuseAdministrators(parent);
        return Optional.ofNullable(parent);
    }
}
