package io.github.enterprisesso.scim.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.group.GroupReader;
import io.github.enterprisesso.scim.group.ScimGroups;
import io.github.enterprisesso.scim.protocol.AttributeSelection;
import io.github.enterprisesso.scim.protocol.ListRequest;
import io.github.enterprisesso.scim.protocol.ListResponse;
import io.github.enterprisesso.scim.protocol.Paging;
import io.github.enterprisesso.scim.protocol.PatchRequest;
import io.github.enterprisesso.scim.protocol.ResourceBody;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.token.Scope;
import io.github.enterprisesso.scim.user.OwnView;
import io.github.enterprisesso.scim.user.ScimUsers;
import io.github.enterprisesso.scim.user.UserReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.keycloak.models.jpa.entities.GroupEntity;
import org.keycloak.models.jpa.entities.UserEntity;

/** From method and path to the resource that answers. Unknown query parameters mean nothing (Entra appends its own). */
final class Router {

    private static final List<String> READ = List.of("GET");
    private static final List<String> SEARCH = List.of("POST");
    private static final List<String> BULK = List.of("POST");
    private static final List<String> COLLECTION = List.of("GET", "POST");
    private static final List<String> RESOURCE = List.of("GET", "PUT", "PATCH", "DELETE");

    private final ScimContext scim;
    private final UnaryOperator<String> parameters;
    private final Preconditions preconditions;
    private final Lists lists;

    /** @param parameters of the query, null for one that is not given */
    Router(ScimContext scim, UnaryOperator<String> parameters, Preconditions preconditions, Lists lists) {
        this.scim = scim;
        this.parameters = parameters;
        this.preconditions = preconditions;
        this.lists = lists;
    }

    /** Whether the path means whoever asks. */
    static boolean isMe(String path) {
        return path.equals("/v2/Me");
    }

    /** The methods of a path, none for a path that does not exist. */
    static List<String> methods(String path) {
        String[] segments = segments(path);
        // Nothing is called by a name with U+0000, and PostgreSQL does not even look for it.
        if (segments.length < 2 || !segments[0].equals("v2") || path.indexOf('\0') >= 0) {
            return List.of();
        }
        boolean one = segments.length == 3;
        return switch (segments[1]) {
            case "Users", "Groups" ->
                segments.length > 3 ? List.of() : isSearch(path) ? SEARCH : one ? RESOURCE : COLLECTION;
            case "ResourceTypes", "Schemas" -> segments.length > 3 ? List.of() : READ;
            case "ServiceProviderConfig", "Me" -> segments.length == 2 ? READ : List.of();
            case "Bulk" -> segments.length == 2 ? BULK : List.of();
            case ".search" -> segments.length == 2 ? SEARCH : List.of();
            default -> List.of();
        };
    }

    /** RFC 7644 section 3.4.3: a list whose parameters stand in a body. */
    private static boolean isSearch(String path) {
        return path.endsWith("/.search");
    }

    private static String[] segments(String path) {
        return path.replaceFirst("^/+", "").split("/");
    }

    /** @param body reads the body; asked only where one is expected */
    Answer route(String method, String path, Supplier<ResourceBody> body) {
        List<String> methods = methods(path);
        if (methods.isEmpty()) {
            throw ScimException.notFound(path.isEmpty() ? "The base URL ends with /v2; what was asked for" : path);
        }
        if (!methods.contains(method)) {
            throw ScimException.methodNotAllowed(method, path);
        }
        String[] segments = segments(path);
        String id = segments.length == 3 ? segments[2] : null;
        if (isSearch(path)) {
            return search(segments[1], ListRequest.of(body.get()));
        }
        return switch (segments[1]) {
            case "Users" -> {
                require(Scope.USERS, method);
                yield users(method, id, body);
            }
            case "Groups" -> {
                require(Scope.GROUPS, method);
                yield groups(method, id, body);
            }
            case "Me" -> me();
            default -> discovery(segments[1], id);
        };
    }

    private Answer search(String endpoint, ListRequest request) {
        return list(
                switch (endpoint) {
                    case "Users" -> {
                        require(Scope.USERS, "GET");
                        yield lists.users(request);
                    }
                    case "Groups" -> {
                        require(Scope.GROUPS, "GET");
                        yield lists.groups(request);
                    }
                    default -> lists.everything(request);
                },
                request.selection());
    }

    private void require(Scope scope, String method) {
        if (!scim.token().allows(scope)) {
            throw ScimException.forbidden("The token is not for " + scope.text() + ".");
        }
        if (scim.token().isReadOnly() && !method.equals("GET")) {
            throw ScimException.forbidden("The token is for reading only.");
        }
    }

    private Answer users(String method, String id, Supplier<ResourceBody> body) {
        AttributeSelection selection = selection();
        ScimUsers users = new ScimUsers(scim);
        UserReader reader = new UserReader(scim);
        if (id != null && !method.equals("GET")) {
            preconditions.beforeWrite(scim, UserEntity.class, id, List.of(() -> EntityTag.of(user(reader, id))));
        }
        return switch (method) {
            case "POST" -> user(users.create(body.get()), selection, created("Users"));
            case "PUT" -> user(users.replace(id, body.get()), selection, Answer::ok);
            case "PATCH" -> user(users.patch(id, PatchRequest.parse(body.get().json())), selection, Answer::ok);
            case "DELETE" -> {
                users.delete(id);
                yield Answer.noContent();
            }
            default ->
                id == null
                        ? list(lists.users(ListRequest.of(this::parameter)), selection)
                        : unlessKnown(user(user(reader, id), selection, Answer::ok));
        };
    }

    /** RFC 7644 section 3.11: the person's own resource, with its permanent address. */
    private Answer me() {
        ObjectNode whole = user(new UserReader(scim), scim.token().id());
        String location = whole.path("meta").path("location").asText();
        return unlessKnown(
                user(new OwnView(scim).of(whole), selection(), Answer::ok).at(location));
    }

    private static ObjectNode user(UserReader reader, String id) {
        return reader.read(id, AttributeSelection.DEFAULT).orElseThrow(() -> ScimException.notFound("User " + id));
    }

    /** The version is that of the whole user, whatever part of him is asked for. */
    private static Answer user(ObjectNode whole, AttributeSelection selection, Function<ObjectNode, Answer> answer) {
        EntityTag version = EntityTag.stamp(whole);
        return answer.apply(selection.applyTo(whole)).with(version);
    }

    /** With its address, whatever part of it is asked for. */
    private Function<ObjectNode, Answer> created(String endpoint) {
        return resource -> Answer.created(
                resource, scim.location(endpoint, resource.path("id").asText()));
    }

    private Answer unlessKnown(Answer answer) {
        return preconditions.known(answer.version()) ? Answer.notModified(answer.version()) : answer;
    }

    /** The versions of the resources can be told when they are complete. */
    private static Answer list(ListResponse list, AttributeSelection selection) {
        JsonNode json = list.toJson();
        if (isWhole(selection)) {
            json.path("Resources").forEach(resource -> EntityTag.stamp((ObjectNode) resource));
        }
        return Answer.ok(json);
    }

    private Answer groups(String method, String id, Supplier<ResourceBody> body) {
        AttributeSelection selection = selection();
        ScimGroups groups = new ScimGroups(scim);
        GroupReader reader = new GroupReader(scim);
        if (id != null && !method.equals("GET")) {
            preconditions.beforeWrite(
                    scim,
                    GroupEntity.class,
                    id,
                    List.of(
                            () -> EntityTag.of(group(reader, id, ScimGroups.WITHOUT_MEMBERS)),
                            () -> EntityTag.of(group(reader, id, AttributeSelection.DEFAULT))));
        }
        return switch (method) {
            case "POST" -> group(reader, groups.create(body.get(), selection), selection, created("Groups"));
            case "PUT" -> group(reader, groups.replace(id, body.get(), selection), selection, Answer::ok);
            case "PATCH" -> {
                AttributeSelection asked = patchSelection(selection);
                yield group(
                        reader, groups.patch(id, PatchRequest.parse(body.get().json()), asked), asked, Answer::ok);
            }
            case "DELETE" -> {
                groups.delete(id);
                yield Answer.noContent();
            }
            default ->
                id == null
                        ? list(lists.groups(ListRequest.of(this::parameter)), selection)
                        : unlessKnown(group(reader, id, selection, Paging.ofMembers(this::parameter)));
        };
    }

    private Answer group(GroupReader reader, String id, AttributeSelection selection, Optional<Paging> members) {
        return members.isPresent() && selection.includes("members")
                ? pageOfMembers(group(reader, id, ScimGroups.WITHOUT_MEMBERS), selection, members.get())
                : group(reader, group(reader, id, selection), selection, Answer::ok);
    }

    /** @param group without members */
    private Answer pageOfMembers(ObjectNode group, AttributeSelection selection, Paging paging) {
        ListResponse page = lists.members(group.path("id").asText(), paging);
        return new MembersPage(scim, page, paging).answer(group, selection, this::parameter);
    }

    private static ObjectNode group(GroupReader reader, String id, AttributeSelection selection) {
        return reader.read(id, selection).orElseThrow(() -> ScimException.notFound("Group " + id));
    }

    /**
     * A group has two versions: with its members, when they are asked for, and without them, which 10,000 members do not make
     * any slower. Either serves for {@code If-Match}.
     */
    private Answer group(
            GroupReader reader, ObjectNode group, AttributeSelection selection, Function<ObjectNode, Answer> answer) {
        if (isWhole(selection)) {
            EntityTag version = EntityTag.stamp(group);
            return answer.apply(group).with(version);
        }
        AttributeSelection whole =
                selection.includes("members") ? AttributeSelection.DEFAULT : ScimGroups.WITHOUT_MEMBERS;
        EntityTag version = EntityTag.of(group(reader, group.path("id").asText(), whole));
        JsonNode told = selection.applyTo(version.inMeta()).path("meta").path("version");
        if (!told.isMissingNode()) {
            group.withObjectProperty("meta").set("version", told);
        }
        return answer.apply(group).with(version);
    }

    private static boolean isWhole(AttributeSelection selection) {
        return selection.isAllBut("members");
    }

    /** A PATCH of one member must not print the other ten thousand; who wants them asks for them. */
    private static AttributeSelection patchSelection(AttributeSelection asked) {
        return asked == AttributeSelection.DEFAULT ? ScimGroups.WITHOUT_MEMBERS : asked;
    }

    private Answer discovery(String endpoint, String id) {
        if (parameter("filter") != null) {
            // RFC 7644 section 4: nobody must take what is not filtered for what matches.
            throw ScimException.forbidden(endpoint + " cannot be filtered.");
        }
        Discovery discovery = new Discovery(scim);
        return Answer.ok(
                switch (endpoint) {
                    case "ServiceProviderConfig" -> discovery.serviceProviderConfig();
                    case "ResourceTypes" -> id == null ? discovery.resourceTypes() : discovery.resourceType(id);
                    default -> id == null ? discovery.schemas() : discovery.schema(id);
                });
    }

    private AttributeSelection selection() {
        return AttributeSelection.of(parameter("attributes"), parameter("excludedAttributes"));
    }

    private String parameter(String name) {
        String value = parameters.apply(name);
        if (value != null && value.indexOf('\0') >= 0) {
            throw ScimException.invalidValue(name, "the character U+0000 is not allowed");
        }
        return value;
    }
}
