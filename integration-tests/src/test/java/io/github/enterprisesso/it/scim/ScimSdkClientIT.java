package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.scim2.client.ScimService;
import com.unboundid.scim2.client.requests.SearchRequestBuilder;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.UnauthorizedException;
import com.unboundid.scim2.common.messages.ListResponse;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.messages.PatchRequest;
import com.unboundid.scim2.common.messages.SortOrder;
import com.unboundid.scim2.common.types.Email;
import com.unboundid.scim2.common.types.GroupResource;
import com.unboundid.scim2.common.types.Member;
import com.unboundid.scim2.common.types.Name;
import com.unboundid.scim2.common.types.PhoneNumber;
import com.unboundid.scim2.common.types.ResourceTypeResource;
import com.unboundid.scim2.common.types.SchemaResource;
import com.unboundid.scim2.common.types.UserResource;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A SCIM client that others wrote understands every answer. */
@KeycloakTest
class ScimSdkClientIT {

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;
    static ScimService service;
    static int checked;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sdk");
        scim = tenant.connect();
        service = service(scim.token());
    }

    private static ScimService service(String token) {
        ClientRequestFilter bearer = request -> request.getHeaders().putSingle("Authorization", "Bearer " + token);
        return new ScimService(ClientBuilder.newClient()
                .register(bearer)
                .register((ClientResponseFilter) ScimSdkClientIT::check)
                .target(scim.baseUrl().toString()));
    }

    /** The library reads over what it does not know: its answers are held against the published schemas, too. */
    private static void check(ClientRequestContext request, ClientResponseContext response) throws IOException {
        byte[] body = response.hasEntity() ? response.getEntityStream().readAllBytes() : new byte[0];
        response.setEntityStream(new ByteArrayInputStream(body));
        scim.check(
                request.getMethod(),
                request.getUri().toString().substring(scim.baseUrl().toString().length()),
                Answer.of(response.getStatus(), response.getHeaders(), new String(body, StandardCharsets.UTF_8)));
        checked++;
    }

    private static UserResource user(String userName) {
        UserResource user = new UserResource();
        user.setUserName(userName);
        user.setName(new Name().setGivenName("Sara").setFamilyName("Kit"));
        user.setEmails(new Email().setValue(userName).setPrimary(true).setType("work"));
        user.setActive(true);
        return user;
    }

    @AfterAll
    static void everyAnswerIsChecked() {
        assertThat(checked).isPositive();
    }

    @Test
    @DisplayName("RFC 7644 a user is created, read, replaced, patched, found and deleted")
    void users() throws Exception {
        UserResource created = service.create("Users", user("Sara@acme.test"));
        assertThat(created.getUserName()).isEqualTo("Sara@acme.test");
        assertThat(created.getMeta().getResourceType()).isEqualTo("User");
        assertThat(created.getMeta().getLocation().toString()).endsWith("/Users/" + created.getId());
        assertThat(created.getMeta().getCreated()).isNotNull();

        created.getName().setFamilyName("Set");
        assertThat(service.replace(created).getName().getFamilyName()).isEqualTo("Set");

        UserResource patched = service.modify(
                "Users",
                created.getId(),
                new PatchRequest(List.of(PatchOperation.replace("active", false))),
                UserResource.class);
        assertThat(patched.getActive()).isFalse();

        ListResponse<UserResource> found = service.searchRequest("Users")
                .filter("userName eq \"sara@acme.test\"")
                .invoke(UserResource.class);
        assertThat(found.getTotalResults()).isEqualTo(1);
        assertThat(found.getResources().get(0).getId()).isEqualTo(created.getId());

        service.delete("Users", created.getId());
        assertThat(service.retrieve("Users", created.getId(), UserResource.class)
                        .getActive())
                .isFalse();
    }

    @Test
    @DisplayName("RFC 9865 a client pages by cursor to the end, and back")
    void cursors() throws Exception {
        for (String name : List.of("walk-a", "walk-b", "walk-c")) {
            service.create("Users", user(name + "@acme.test"));
        }
        SearchRequestBuilder walk =
                service.searchRequest("Users").filter("userName sw \"walk-\"").sort("userName", SortOrder.ASCENDING);

        ListResponse<UserResource> first = walk.firstPageCursorWithCount(2).invoke(UserResource.class);
        ListResponse<UserResource> second =
                walk.pageWithCursor(first.getNextCursor(), 2).invokePost(UserResource.class);

        assertThat(service.getServiceProviderConfig().getPagination().supportsCursorPagination())
                .isTrue();
        assertThat(first.getTotalResults()).isEqualTo(3);
        assertThat(first.getResources())
                .extracting(UserResource::getUserName)
                .containsExactly("walk-a@acme.test", "walk-b@acme.test");
        assertThat(second.getResources()).extracting(UserResource::getUserName).containsExactly("walk-c@acme.test");
        assertThat(second.getNextCursor()).isNull();
        assertThat(walk.pageWithCursor(second.getPreviousCursor(), 2)
                        .invoke(UserResource.class)
                        .getResources())
                .extracting(UserResource::getUserName)
                .containsExactly("walk-a@acme.test", "walk-b@acme.test");
    }

    @Test
    @DisplayName("RFC 7644 a group and its members")
    void groups() throws Exception {
        UserResource member = service.create("Users", user("kit@acme.test"));
        GroupResource group = service.create(
                "Groups", new GroupResource().setDisplayName("Kits").setMembers(new Member().setValue(member.getId())));
        assertThat(group.getMembers()).singleElement().satisfies(one -> {
            assertThat(one.getValue()).isEqualTo(member.getId());
            assertThat(one.getDisplay()).isEqualTo("kit@acme.test");
        });

        service.delete("Groups", group.getId());

        assertThatThrownBy(() -> service.retrieve("Groups", group.getId(), GroupResource.class))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    @DisplayName("RFC 7644 section 3.4 search by GET and by POST: filter, order, page and attributes")
    void search() throws Exception {
        for (String name : List.of("seek-b@acme.test", "seek-a@acme.test", "seek-c@acme.test")) {
            service.create("Users", user(name).setTitle("Seeker"));
        }
        var request = service.searchRequest("Users")
                .filter("title eq \"Seeker\" and userName sw \"seek\"")
                .sort("userName", SortOrder.DESCENDING)
                .page(2, 2)
                .attributes("userName");

        for (ListResponse<UserResource> found :
                List.of(request.invoke(UserResource.class), request.invokePost(UserResource.class))) {
            assertThat(found.getTotalResults()).isEqualTo(3);
            assertThat(found.getStartIndex()).isEqualTo(2);
            assertThat(found.getResources())
                    .extracting(UserResource::getUserName)
                    .containsExactly("seek-b@acme.test", "seek-a@acme.test");
            assertThat(found.getResources()).extracting(UserResource::getTitle).containsOnlyNulls();
        }
    }

    @Test
    @DisplayName("RFC 7644 section 3.5.2 PATCH with value filters, extensions and removals")
    void patch() throws Exception {
        UserResource created = service.create("Users", user("patty@acme.test").setTitle("T"));
        String department = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";

        UserResource patched = service.modify(
                "Users",
                created.getId(),
                new PatchRequest(List.of(
                        PatchOperation.replace("emails[type eq \"work\"].value", "pat@acme.test"),
                        PatchOperation.add("phoneNumbers", Scim.json("[{\"type\":\"work\",\"value\":\"1\"}]")),
                        PatchOperation.replace(department, "Sales"),
                        PatchOperation.remove("title"))),
                UserResource.class);

        assertThat(patched.getEmails()).extracting(Email::getValue).containsExactly("pat@acme.test");
        assertThat(patched.getPhoneNumbers()).extracting(PhoneNumber::getValue).containsExactly("1");
        assertThat(patched.getTitle()).isNull();
        assertThat(scim.get("/Users/" + patched.getId())
                        .body()
                        .path("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")
                        .path("department")
                        .asText())
                .isEqualTo("Sales");
    }

    @Test
    @DisplayName("GRP-8 members added and removed by PATCH, and found by filter")
    void groupPatch() throws Exception {
        UserResource one = service.create("Users", user("one@acme.test"));
        UserResource two = service.create("Users", user("two@acme.test"));
        GroupResource group = service.create(
                "Groups", new GroupResource().setDisplayName("Pair").setMembers(new Member().setValue(one.getId())));

        service.modify(
                "Groups",
                group.getId(),
                new PatchRequest(List.of(
                        PatchOperation.add("members", Scim.json("[{\"value\":\"" + two.getId() + "\"}]")),
                        PatchOperation.remove("members[value eq \"" + one.getId() + "\"]"))),
                GroupResource.class);

        assertThat(service.retrieve("Groups", group.getId(), GroupResource.class)
                        .getMembers())
                .extracting(Member::getValue)
                .containsExactly(two.getId());
        assertThat(service.searchRequest("Groups")
                        .filter("members.value eq \"" + two.getId() + "\"")
                        .invoke(GroupResource.class)
                        .getResources())
                .extracting(GroupResource::getDisplayName)
                .containsExactly("Pair");
    }

    @Test
    @DisplayName("SCP-4 SCP-6 errors are the library's exceptions")
    void errors() throws Exception {
        service.create("Users", user("again@acme.test"));

        assertThatThrownBy(() -> service.create("Users", user("again@acme.test")))
                .isInstanceOf(ResourceConflictException.class);
        assertThatThrownBy(() -> service("wrong").getServiceProviderConfig()).isInstanceOf(UnauthorizedException.class);
    }

    @Test
    @DisplayName("SCP-17 the service describes itself, extensions included")
    void discovery() throws Exception {
        var config = service.getServiceProviderConfig();
        assertThat(config.getPatch().isSupported()).isTrue();
        assertThat(config.getFilter().isSupported()).isTrue();
        assertThat(config.getBulk().isSupported()).isTrue();
        assertThat(config.getBulk().getMaxOperations()).isEqualTo(1000);
        assertThat(config.getSort().isSupported()).isTrue();
        assertThat(config.getEtag().isSupported()).isTrue();

        assertThat(service.getResourceTypes())
                .extracting(ResourceTypeResource::getName)
                .containsExactly("User", "Group");
        assertThat(service.getSchemas())
                .extracting(SchemaResource::getId)
                .contains(
                        "urn:ietf:params:scim:schemas:core:2.0:User",
                        "urn:ietf:params:scim:schemas:core:2.0:Group",
                        Scim.USER_EXTENSION,
                        Scim.GROUP_EXTENSION);
        assertThat(service.getSchema("urn:ietf:params:scim:schemas:core:2.0:User")
                        .getAttributes())
                .extracting(attribute -> attribute.getName())
                .contains("userName", "name", "active", "emails", "groups")
                .doesNotContain("password");
    }
}
