package io.github.enterprisesso.scim.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.context.AdministratorProtection;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.AttributeSelection;
import io.github.enterprisesso.scim.protocol.Given;
import io.github.enterprisesso.scim.protocol.PatchOperation;
import io.github.enterprisesso.scim.protocol.PatchRequest;
import io.github.enterprisesso.scim.protocol.ResourceBody;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.protocol.Urn;
import io.github.enterprisesso.scim.schema.Catalogue;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.common.util.Time;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.GroupModel.GroupPathChangeEvent;
import org.keycloak.models.GroupModel.GroupUpdatedEvent;
import org.keycloak.models.jpa.entities.GroupEntity;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Creates, changes and deletes pushed groups. A request that changes nothing writes nothing. */
public final class ScimGroups {

    /** Members are never needed to decide what to do. */
    public static final AttributeSelection WITHOUT_MEMBERS = AttributeSelection.of(null, "members");

    private final ScimContext scim;
    private final GroupReader reader;

    public ScimGroups(ScimContext scim) {
        this.scim = scim;
        this.reader = new GroupReader(scim);
    }

    /** The new group; 409 when the connection has pushed that name already, or the place is taken. */
    public ObjectNode create(ResourceBody body, AttributeSelection selection) {
        requireProvisioning();
        GroupChange change = GroupChange.read(body, scim.connection(), List.of());
        if (change.displayName().value() == null) {
            throw ScimException.invalidValue("displayName", "is required");
        }
        MembershipChange members = requireAllowed(members(body));
        GroupModel group = place(change.displayName().value());
        writeAttributes(group, change, List.of(), null);
        group.setSingleAttribute(
                ScimContext.CONNECTION_ATTRIBUTE, scim.connection().id());
        finish(group);
        scim.events()
                .group(OperationType.CREATE, group, null, find(group.getId()).toJson(scim, WITHOUT_MEMBERS));
        if (!members.isEmpty()) {
            hold(group.getId());
        }
        new Memberships(scim, group).apply(members);
        return answer(group.getId(), selection);
    }

    private GroupModel place(String name) {
        if (reader.idOf(name).isPresent()) {
            throw nameTaken(name);
        }
        GroupModel parent = new ParentGroup(scim).findOrCreate().orElse(null);
        GroupModel present = scim.session().groups().getGroupByName(scim.realm(), parent, name);
        if (present == null) {
            return scim.session().groups().createGroup(scim.realm(), name, parent);
        }
        String owner = present.getFirstAttribute(ScimContext.CONNECTION_ATTRIBUTE);
        boolean owned =
                owner != null && ScimConnection.find(scim.realm(), owner).isPresent();
        if (owned || !scim.connection().groupTakeover()) {
            throw nameTaken(name);
        }
        AdministratorProtection.refuseAdministrators(scim, present);
        return present;
    }

    private static ScimException nameTaken(String name) {
        return ScimException.uniqueness("displayName", "there is a group '" + name + "' already");
    }

    /** PUT: sets what the body mentions; {@code members} empty or null empties the group, missing leaves it. */
    public ObjectNode replace(String id, ResourceBody body, AttributeSelection selection) {
        return change(id, current -> body, members(body), selection);
    }

    private static MembershipChange members(ResourceBody body) {
        Given<JsonNode> members = body.attribute("members", Urn.GROUP);
        return members.mentioned() ? MembershipChange.exactly(members.value()) : MembershipChange.NONE;
    }

    public ObjectNode patch(String id, PatchRequest request, AttributeSelection selection) {
        requireProvisioning();
        Catalogue catalogue = GroupSchema.of(scim.connection());
        List<PatchOperation> operations = GroupPatch.applicable(request.operations(), catalogue);
        var byMembers = operations.stream().collect(Collectors.partitioningBy(GroupPatch::isAboutMembers));
        return change(
                id,
                current -> ResourceBody.patched(
                        current.toJson(scim, WITHOUT_MEMBERS), byMembers.get(false), catalogue::isMultiValued),
                MembershipChange.of(byMembers.get(true)),
                selection);
    }

    private ObjectNode change(
            String id,
            Function<GroupRecord, ResourceBody> request,
            MembershipChange members,
            AttributeSelection selection) {
        requireProvisioning();
        requireAllowed(members);
        hold(id);
        GroupRecord before = find(id);
        GroupModel group = writable(id);
        GroupChange change = GroupChange.read(request.apply(before), scim.connection(), before.roles());
        boolean renamed = rename(group, change.displayName());
        boolean changed = writeAttributes(group, change, before.roles(), before.externalId()) | renamed;
        if (changed) {
            finish(group);
            scim.events()
                    .group(
                            OperationType.UPDATE,
                            group,
                            before.toJson(scim, WITHOUT_MEMBERS),
                            find(id).toJson(scim, WITHOUT_MEMBERS));
        }
        boolean moved = new Memberships(scim, group).apply(members);
        if (moved && !changed) {
            touch(group);
        }
        // Of members alone the record knows all but the time.
        return changed || selection.includes("members")
                ? answer(id, selection)
                : (moved ? before.modifiedAt(group.getLastModifiedTimestamp()) : before).toJson(scim, selection);
    }

    /** Before anything is read: two requests that add the same user would both find him missing. */
    private void hold(String id) {
        scim.em().find(GroupEntity.class, id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Okta repeats the name with every change of members: the same name is no news. */
    private boolean rename(GroupModel group, Given<String> displayName) {
        if (!displayName.differsFrom(group.getName())) {
            return false;
        }
        String name = displayName.value();
        GroupModel sibling = scim.session().groups().getGroupByName(scim.realm(), group.getParent(), name);
        boolean taken =
                reader.idOf(name).filter(other -> !other.equals(group.getId())).isPresent();
        if (taken || sibling != null && !sibling.getId().equals(group.getId())) {
            throw nameTaken(name);
        }
        String previousPath = KeycloakModelUtils.buildGroupPath(group);
        group.setName(name);
        scim.em().flush();
        GroupPathChangeEvent.fire(group, KeycloakModelUtils.buildGroupPath(group), previousPath, scim.session());
        return true;
    }

    private boolean writeAttributes(
            GroupModel group, GroupChange change, List<String> currentRoles, String currentExternalId) {
        boolean changed = false;
        if (change.externalId().differsFrom(currentExternalId)) {
            String externalId = change.externalId().value();
            if (externalId == null) {
                group.removeAttribute(GroupReader.EXTERNAL_ID_ATTRIBUTE);
            } else {
                group.setSingleAttribute(GroupReader.EXTERNAL_ID_ATTRIBUTE, externalId);
            }
            changed = true;
        }
        Given<List<String>> roles = change.roles();
        if (roles.mentioned() && !GroupChange.sameRoles(roles.value(), currentRoles)) {
            group.setAttribute(GroupReader.ROLES_ATTRIBUTE, roles.value());
            changed = true;
        }
        return changed;
    }

    /** The model tells of a changed attribute before the new values are there: listeners are told once more, at the end. */
    private void finish(GroupModel group) {
        touch(group);
        GroupUpdatedEvent.fire(group, scim.session());
    }

    private void touch(GroupModel group) {
        group.setLastModifiedTimestamp(Time.currentTimeMillis());
        scim.em().flush();
    }

    public void delete(String id) {
        requireProvisioning();
        hold(id);
        GroupRecord before = find(id);
        GroupModel group = writable(id);
        refuseForeignSubGroups(group);
        scim.events().group(OperationType.DELETE, group, before.toJson(scim, WITHOUT_MEMBERS), null);
        scim.session().groups().removeGroup(scim.realm(), group);
        scim.em().flush();
    }

    /** Keycloak removes a group with all that is below it. */
    private void refuseForeignSubGroups(GroupModel group) {
        group.getSubGroupsStream().toList().forEach(sub -> {
            if (!scim.connection().id().equals(sub.getFirstAttribute(ScimContext.CONNECTION_ATTRIBUTE))) {
                throw ScimException.conflict("The group cannot be deleted: group '" + sub.getName()
                        + "' below it was not pushed by this connection. Move or delete that group first.");
            }
            AdministratorProtection.refuseAdministrators(scim, sub);
            refuseForeignSubGroups(sub);
        });
    }

    private MembershipChange requireAllowed(MembershipChange members) {
        int most = scim.connection().maxMembers();
        int named = members.added().size() + members.removed().size();
        if (most > 0 && named > most) {
            throw ScimException.invalidValue(
                    "members", named + " are named; at most " + most + " are allowed in one request");
        }
        return members;
    }

    private void requireProvisioning() {
        if (!scim.connection().groupProvisioning()) {
            throw ScimException.forbidden("Group provisioning is off for this connection (option groupProvisioning).");
        }
    }

    private ObjectNode answer(String id, AttributeSelection selection) {
        return reader.read(id, selection).orElseThrow(ScimException::internal);
    }

    private GroupRecord find(String id) {
        return reader.find(id, WITHOUT_MEMBERS).orElseThrow(() -> ScimException.notFound("Group " + id));
    }

    private GroupModel writable(String id) {
        GroupModel group = scim.session().groups().getGroupById(scim.realm(), id);
        if (group == null) {
            throw ScimException.notFound("Group " + id);
        }
        AdministratorProtection.refuseAdministrators(scim, group);
        return group;
    }
}
