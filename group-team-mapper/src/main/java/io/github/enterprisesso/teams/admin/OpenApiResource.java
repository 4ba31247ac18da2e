package io.github.enterprisesso.teams.admin;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The OpenAPI document of everything below {@code group-mappings}. Needs {@code view-users}. */
public final class OpenApiResource {

    private static final String DOCUMENT = "group-mappings-openapi.json";

    private final AdminPermissionEvaluator auth;

    OpenApiResource(AdminPermissionEvaluator auth) {
        this.auth = auth;
    }

    @GET
    @Path("")
    @Produces(MediaType.APPLICATION_JSON)
    public String document() {
        auth.users().requireView();
        return text();
    }

    static String text() {
        try (InputStream document = OpenApiResource.class.getResourceAsStream(DOCUMENT)) {
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
