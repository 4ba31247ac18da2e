package io.github.enterprisesso.it.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An app of Okta's integration wizard: reads and sends back the whole resource, never a PATCH. */
record OktaWizardApp(ScimClient scim) implements OktaApp {

    @Override
    public Answer deactivate(String userId) {
        return active(userId, false);
    }

    @Override
    public Answer reactivate(String userId) {
        return active(userId, true);
    }

    private Answer active(String userId, boolean active) {
        ObjectNode user = (ObjectNode) scim.get("/Users/" + userId).body();
        user.put("active", active);
        return scim.put("/Users/" + userId, user);
    }

    @Override
    public String push(String name, String... memberIds) {
        return scim.post("/Groups", group(null, name, List.of(memberIds))).at("/id");
    }

    @Override
    public Answer addMember(String groupId, String name, String userId) {
        List<String> members = new ArrayList<>(members(groupId));
        members.add(userId);
        return scim.put("/Groups/" + groupId, group(groupId, name, members));
    }

    @Override
    public Answer removeMember(String groupId, String name, String userId) {
        List<String> members = new ArrayList<>(members(groupId));
        members.remove(userId);
        return scim.put("/Groups/" + groupId, group(groupId, name, members));
    }

    @Override
    public Answer rename(String groupId, String name) {
        return scim.put("/Groups/" + groupId, group(groupId, name, members(groupId)));
    }

    private static String group(String id, String name, List<String> members) {
        String list = members.stream()
                .map(member -> "{\"value\":\"" + member + "\",\"display\":null}")
                .collect(Collectors.joining(","));
        return "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],"
                + (id == null ? "" : "\"id\":\"" + id + "\",")
                + "\"displayName\":\"" + name + "\",\"members\":[" + list + "]}";
    }
}
