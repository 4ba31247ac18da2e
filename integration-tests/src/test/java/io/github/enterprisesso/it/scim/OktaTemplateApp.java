package io.github.enterprisesso.it.scim;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;

/** "SCIM 2.0 Test App" and the apps of the Okta Integration Network: PATCH for all but the profile. */
record OktaTemplateApp(ScimClient scim) implements OktaApp {

    @Override
    public Answer deactivate(String userId) {
        return active(userId, false);
    }

    @Override
    public Answer reactivate(String userId) {
        return active(userId, true);
    }

    private Answer active(String userId, boolean active) {
        return patch("/Users/" + userId, "{\"op\":\"replace\",\"value\":{\"active\":" + active + "}}");
    }

    /** Creates the group empty, names it once more, and adds the members. */
    @Override
    public String push(String name, String... memberIds) {
        String id = scim.post("/Groups", """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"%s","members":[]}
                """.formatted(name)).at("/id");
        rename(id, name);
        for (String member : memberIds) {
            addMember(id, name, member);
        }
        return id;
    }

    @Override
    public Answer addMember(String groupId, String name, String userId) {
        rename(groupId, name);
        return patch("/Groups/" + groupId, """
                {"op":"add","path":"members","value":[{"value":"%s","display":"jane@acme.test"}]}
                """.formatted(userId));
    }

    @Override
    public Answer removeMember(String groupId, String name, String userId) {
        rename(groupId, name);
        return patch("/Groups/" + groupId, """
                {"op":"remove","path":"members[value eq \\"%s\\"]"}
                """.formatted(userId));
    }

    @Override
    public Answer rename(String groupId, String name) {
        return patch("/Groups/" + groupId, """
                {"op":"replace","value":{"id":"%s","displayName":"%s"}}
                """.formatted(groupId, name));
    }

    private Answer patch(String path, String operation) {
        return scim.patch(
                path,
                "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[" + operation + "]}");
    }
}
