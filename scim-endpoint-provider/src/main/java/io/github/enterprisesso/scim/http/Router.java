package io.github.enterprisesso.scim.http;

import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.group.GroupReader;
import io.github.enterprisesso.scim.group.ScimGroups;
import io.github.enterprisesso.scim.protocol.AttributeSelection;
import io.github.enterprisesso.scim.protocol.ListRequest;
import io.github.enterprisesso.scim.protocol.ListResponse;
import io.github.enterprisesso.scim.protocol.PatchRequest;
import io.github.enterprisesso.scim.protocol.ResourceBody;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.token.Scope;
import io.github.enterprisesso.scim.user.ScimUsers;
import io.github.enterprisesso.scim.user.UserReader;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.Supplier;

/** From method and path to the resource that answers. Unknown query parameters mean nothing (Entra appends its own). */
final class Router {

    private static final List<String> READ = List.of("GET");
    private static final List<String> SEARCH = List.of("POST");
    private static final List<String> COLLECTION = List.of("GET", "POST");
    private static final List<String> RESOURCE = List.of("GET", "PUT", "PATCH", "DELETE");

    private final ScimContext scim;
    private final UriInfo uri;

    Router(ScimContext scim, UriInfo uri) {
        this.scim = scim;
        this.uri = uri;
    }

    /** The methods of a path, none for a path that does not exist. */
    static List<String> methods(String path) {
        String[] segments = segments(path);
        if (segments.length < 2 || !segments[0].equals("v2")) {
            return List.of();
        }
        boolean one = segments.length == 3;
        return switch (segments[1]) {
            case "Users", "Groups" ->
                segments.length > 3 ? List.of() : isSearch(path) ? SEARCH : one ? RESOURCE : COLLECTION;
            case "ResourceTypes", "Schemas" -> segments.length > 3 ? List.of() : READ;
            case "ServiceProviderConfig" -> segments.length == 2 ? READ : List.of();
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
            default -> discovery(segments[1], id);
        };
    }

    private Answer search(String endpoint, ListRequest request) {
        boolean users = endpoint.equals("Users");
        require(users ? Scope.USERS : Scope.GROUPS, "GET");
        ListResponse found = users ? new UserReader(scim).list(request) : new GroupReader(scim).list(request);
        return Answer.ok(found.toJson());
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
        return switch (method) {
            case "POST" -> Answer.created(selection.applyTo(users.create(body.get())));
            case "PUT" -> Answer.ok(selection.applyTo(users.replace(id, body.get())));
            case "PATCH" ->
                Answer.ok(selection.applyTo(
                        users.patch(id, PatchRequest.parse(body.get().json()))));
            case "DELETE" -> {
                users.delete(id);
                yield Answer.noContent();
            }
            default -> {
                UserReader reader = new UserReader(scim);
                yield Answer.ok(
                        id == null
                                ? reader.list(ListRequest.of(this::parameter)).toJson()
                                : reader.read(id, selection).orElseThrow(() -> ScimException.notFound("User " + id)));
            }
        };
    }

    private Answer groups(String method, String id, Supplier<ResourceBody> body) {
        AttributeSelection selection = selection();
        ScimGroups groups = new ScimGroups(scim);
        return switch (method) {
            case "POST" -> Answer.created(groups.create(body.get(), selection));
            case "PUT" -> Answer.ok(groups.replace(id, body.get(), selection));
            case "PATCH" ->
                Answer.ok(groups.patch(id, PatchRequest.parse(body.get().json()), patchSelection(selection)));
            case "DELETE" -> {
                groups.delete(id);
                yield Answer.noContent();
            }
            default -> {
                GroupReader reader = new GroupReader(scim);
                yield Answer.ok(
                        id == null
                                ? reader.list(ListRequest.of(this::parameter)).toJson()
                                : reader.read(id, selection).orElseThrow(() -> ScimException.notFound("Group " + id)));
            }
        };
    }

    /** A PATCH of one member must not print the other ten thousand; who wants them asks for them. */
    private static AttributeSelection patchSelection(AttributeSelection asked) {
        return asked == AttributeSelection.DEFAULT ? AttributeSelection.of(null, "members") : asked;
    }

    private Answer discovery(String endpoint, String id) {
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
        String value = uri.getQueryParameters().getFirst(name);
        if (value != null && value.indexOf('\0') >= 0) {
            throw ScimException.invalidValue(name, "the character U+0000 is not allowed");
        }
        return value;
    }
}
