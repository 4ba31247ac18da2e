package io.github.enterprisesso.sso.admin;

import io.github.enterprisesso.sso.admin.Installation.BoundRepresentation;
import io.github.enterprisesso.sso.settings.OrganizationModes;
import io.github.enterprisesso.sso.settings.SsoSettings;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Unbinds everything that this module has bound in a realm. Needs {@code manage-realm}. */
public final class UninstallResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder adminEvent;

    UninstallResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.adminEvent = adminEvent;
    }

    /**
     * Takes the authenticator out of all flows, removes the required action with the policy and the modes of organizations.
     * The exempt role and what is on record about people stay.
     *
     * @param dryRun true to tell only what would be unbound
     */
    @POST
    @Path("")
    @Produces(MediaType.APPLICATION_JSON)
    public UninstallRepresentation uninstall(@QueryParam("dryRun") String dryRun) {
        auth.realm().requireManageRealm();
        boolean only = Page.flag("dryRun", dryRun, false);
        Installation installation = new Installation(session, realm);
        BoundRepresentation bound = installation.bound();
        List<String> kept =
                List.of("role " + SsoSettings.of(realm).exemptRole(), "tables SSO_EXEMPTION and SSO_LAST_LOGIN");
        if (!only) {
            Map<String, Object> change = new LinkedHashMap<>();
            change.put(
                    "old",
                    SsoPolicyRepresentation.of(
                            SsoSettings.of(realm),
                            OrganizationModes.of(session, realm).byAlias()));
            change.put("unbound", bound);
            installation.remove();
            adminEvent
                    .operation(OperationType.DELETE)
                    .resource(SsoPolicyResource.RESOURCE_TYPE)
                    .resourcePath(SsoPolicyResourceProvider.ID, "uninstall")
                    .representation(change)
                    .success();
        }
        return new UninstallRepresentation(only, bound, kept);
    }

    /** @param kept what stays in the database */
    public record UninstallRepresentation(boolean dryRun, BoundRepresentation unbound, List<String> kept) {}
}
