package io.github.enterprisesso.it.teams;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.realm.Tenant;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.resource.GroupResource;
import org.keycloak.representations.idm.AdminEventRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;

/** A directory that pushes its groups by the admin API: to the mapper the same as by SCIM, as both leave a realm group. */
final class Directory {

    private static final String CONNECTION = "the-connection";

    private final Tenant tenant;
    private final String parent;

    private Directory(Tenant tenant, String parent) {
        this.tenant = tenant;
        this.parent = parent;
    }

    static Directory in(Tenant tenant) {
        return in(tenant, "pushed");
    }

    /** One more of them, below a parent group of its own. */
    static Directory in(Tenant tenant, String name) {
        GroupRepresentation parent = new GroupRepresentation();
        parent.setName(name);
        try (Response response = tenant.admin().realm().groups().add(parent)) {
            return new Directory(tenant, CreatedResponseUtil.getCreatedId(response));
        }
    }

    /** Pushes an empty group; answers its id. */
    String push(String name, String... roles) {
        GroupRepresentation group = new GroupRepresentation();
        group.setName(name);
        group.setAttributes(attributes(roles));
        try (Response response = tenant.admin().realm().groups().group(parent).subGroup(group)) {
            return response.readEntity(GroupRepresentation.class).getId();
        }
    }

    private static Map<String, List<String>> attributes(String... roles) {
        Map<String, List<String>> attributes = new HashMap<>();
        attributes.put("scim.connection", List.of(CONNECTION));
        if (roles.length > 0) {
            attributes.put("scim.roles", List.of(roles));
        }
        return attributes;
    }

    void roles(String group, String... roles) {
        GroupRepresentation representation = group(group).toRepresentation();
        representation.setAttributes(attributes(roles));
        group(group).update(representation);
    }

    void rename(String group, String name) {
        GroupRepresentation representation = group(group).toRepresentation();
        representation.setName(name);
        group(group).update(representation);
    }

    void delete(String group) {
        group(group).remove();
    }

    void add(String group, String... users) {
        for (String user : users) {
            tenant.admin().realm().users().get(user).joinGroup(group);
        }
    }

    void remove(String group, String... users) {
        for (String user : users) {
            tenant.admin().realm().users().get(user).leaveGroup(group);
        }
    }

    /** A person of the tenant; answers the user id. */
    String person(String name) {
        return tenant.localUser(name + "@tenant.test", "password");
    }

    /** A person with groups; answers the user id. */
    String person(String name, String... groups) {
        String user = person(name);
        for (String group : groups) {
            add(group, user);
        }
        return user;
    }

    /** Sets the role attribute, as SCIM does. */
    void role(String user, String role) {
        UserRepresentation representation =
                tenant.admin().realm().users().get(user).toRepresentation();
        representation.setAttributes(role == null ? Map.of() : Map.of("organizationRole", List.of(role)));
        tenant.admin().realm().users().get(user).update(representation);
    }

    /** Declares the role attribute in the user profile for administrators only, as the SCIM endpoint would. */
    Directory withRoleAttribute() {
        return withRoleAttribute(Set.of("admin"));
    }

    /** Declares the role attribute in the user profile. */
    Directory withRoleAttribute(Set<String> editors) {
        UPConfig profile = tenant.admin().realm().users().userProfile().getConfiguration();
        profile.addOrReplaceAttribute(
                new UPAttribute("organizationRole", new UPAttributePermissions(Set.of("admin"), editors)));
        tenant.admin().realm().users().userProfile().update(profile);
        return this;
    }

    /** Lets administrators, or everybody, write attributes that the user profile does not declare. */
    Directory withUnmanagedAttributes(UPConfig.UnmanagedAttributePolicy policy) {
        UPConfig profile = tenant.admin().realm().users().userProfile().getConfiguration();
        profile.setUnmanagedAttributePolicy(policy);
        tenant.admin().realm().users().userProfile().update(profile);
        return this;
    }

    /** A team made by hand; answers its id. */
    String team(String name) {
        GroupRepresentation team = new GroupRepresentation();
        team.setName(name);
        String teams = tenant.admin().realm().getGroupByPath("/teams").getId();
        try (Response response = tenant.admin().realm().groups().group(teams).subGroup(team)) {
            return response.readEntity(GroupRepresentation.class).getId();
        }
    }

    /** Names of the user's teams. */
    List<String> teamsOf(String user) {
        return tenant.groupsOf(user).stream()
                .filter(path -> path.startsWith("/teams/"))
                .map(path -> path.substring("/teams/".length()))
                .toList();
    }

    /** Names of all teams there are. */
    List<String> teams() {
        String teams = tenant.admin().realm().getGroupByPath("/teams").getId();
        return tenant.admin().realm().groups().group(teams).getSubGroups(0, 100, true).stream()
                .map(GroupRepresentation::getName)
                .sorted()
                .toList();
    }

    GroupResource group(String id) {
        return tenant.admin().realm().groups().group(id);
    }

    /** What the admin API says of a pushed group. */
    JsonNode describe(String group) {
        for (JsonNode candidate : tenant.admin().get("/group-mappings/groups").body()) {
            if (candidate.path("id").asText().equals(group)) {
                return candidate;
            }
        }
        throw new AssertionError("No pushed group " + group);
    }

    /** The one mapping of a pushed group. */
    JsonNode mapping(String group) {
        return describe(group).at("/mappings/0");
    }

    Answer map(String group, String teamId) {
        return tenant.admin()
                .post("/group-mappings/mappings", Map.of("groupId", group, "targetType", "TEAM", "targetId", teamId));
    }

    /** Maps a pushed group to an exclusive group or organization of this name. */
    Answer map(String group, String targetType, String targetName) {
        return tenant.admin()
                .post(
                        "/group-mappings/mappings",
                        Map.of("groupId", group, "targetType", targetType, "targetName", targetName));
    }

    /** Names of the user's exclusive groups. */
    List<String> exclusiveGroupsOf(String user) {
        return tenant.groupsOf(user).stream()
                .filter(path -> path.startsWith("/exclusive/"))
                .map(path -> path.substring("/exclusive/".length()))
                .toList();
    }

    /** Turns a person's account off or on. */
    void enable(String user, boolean enabled) {
        UserRepresentation representation =
                tenant.admin().realm().users().get(user).toRepresentation();
        representation.setEnabled(enabled);
        tenant.admin().realm().users().get(user).update(representation);
    }

    /** The conflicts of one person that wait for a decision. */
    JsonNode conflicts(String user) {
        return tenant.admin()
                .get("/group-mappings/conflicts?userId=" + user)
                .body()
                .path("conflicts");
    }

    Answer decide(String mapping, Map<String, String> decision) {
        return tenant.admin().put("/group-mappings/mappings/" + mapping, decision);
    }

    Answer reconcile() {
        return tenant.admin().post("/group-mappings/reconcile", Map.of());
    }

    /** Why a user has what he has, one sentence each. */
    List<String> reasons(String user) {
        return StreamSupport.stream(
                        tenant.admin()
                                .get("/group-mappings/grants?userId=" + user)
                                .body()
                                .spliterator(),
                        false)
                .map(grant -> grant.path("reason").asText())
                .sorted()
                .toList();
    }

    /** The admin events on a resource path that begins like this, oldest first. */
    List<AdminEventRepresentation> events(String path) {
        List<AdminEventRepresentation> events = new ArrayList<>(
                tenant.admin().realm().getAdminEvents(null, null, null, null, null, path + "*", null, null, 0, 100));
        events.sort(Comparator.comparingLong(AdminEventRepresentation::getTime));
        return events;
    }
}
