package io.github.enterprisesso.it.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import java.util.List;

/** What an Okta administrator does, as the two kinds of Okta's apps put it on the wire. Answers the server's last answer. */
sealed interface OktaApp permits OktaTemplateApp, OktaWizardApp {

    ScimClient scim();

    Answer deactivate(String userId);

    Answer reactivate(String userId);

    /** Pushes a group that the app has not found; answers its id. */
    String push(String name, String... memberIds);

    Answer addMember(String groupId, String name, String userId);

    Answer removeMember(String groupId, String name, String userId);

    Answer rename(String groupId, String name);

    /** Looks for the user, and creates him when he is not there; answers his id. */
    default String assign(String userName, String externalId) {
        Answer found = lookUp(userName);
        if (found.body().path("totalResults").asInt() > 0) {
            return found.at("/Resources/0/id");
        }
        return create(userName, externalId).at("/id");
    }

    default Answer lookUp(String userName) {
        return scim().get("/Users?filter=userName eq \"" + userName + "\"&startIndex=1&count=100");
    }

    default Answer create(String userName, String externalId) {
        return scim().post("/Users", """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%s",
                 "name":{"givenName":"Jane","familyName":"Doe"},
                 "emails":[{"primary":true,"value":"%s","type":"work"}],"displayName":"Jane Doe","locale":"en-US",
                 "externalId":"%s","groups":[],"password":"1mz050nq","active":true}
                """.formatted(userName, userName, externalId));
    }

    /** Both apps read the user and send him back changed. */
    default Answer updateProfile(String userId, String givenName, String familyName) {
        var user = (ObjectNode) scim().get("/Users/" + userId).body();
        user.putObject("name").put("givenName", givenName).put("familyName", familyName);
        return scim().put("/Users/" + userId, user);
    }

    default Answer lookUpGroup(String name) {
        return scim().get("/Groups?filter=displayName eq \"" + name + "\"&startIndex=1&count=100");
    }

    default Answer deleteGroup(String groupId) {
        return scim().delete("/Groups/" + groupId);
    }

    default List<String> members(String groupId) {
        return scim().get("/Groups/" + groupId).body().path("members").findValuesAsText("value");
    }
}
