package io.github.enterprisesso.sso.admin;

import io.github.enterprisesso.sso.settings.OrganizationModes;
import io.github.enterprisesso.sso.settings.PolicyStore;
import io.github.enterprisesso.sso.settings.SettingsCheck;
import io.github.enterprisesso.sso.settings.SettingsCheck.Complaint;
import io.github.enterprisesso.sso.settings.SsoOption;
import io.github.enterprisesso.sso.settings.SsoSettings;
import io.micrometer.core.instrument.Metrics;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The policy of one realm. Reading needs {@code view-realm}, writing {@code manage-realm}. */
public final class SsoPolicyResource {

    static final String RESOURCE_TYPE = "SSO_POLICY";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder adminEvent;

    SsoPolicyResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.adminEvent = adminEvent;
    }

    @GET
    @Path("")
    @Produces(MediaType.APPLICATION_JSON)
    public SsoPolicyRepresentation read() {
        auth.realm().requireViewRealm();
        return stored();
    }

    /**
     * Saves the policy and answers with it, or answers 400 with one error for each field that is wrong.
     *
     * @param validateOnly true to save nothing: 204 if it could be saved
     */
    @PUT
    @Path("")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response write(
            @QueryParam("validateOnly") @DefaultValue("false") boolean validateOnly, SsoPolicyRepresentation wanted) {
        auth.realm().requireManageRealm();
        if (wanted == null) {
            return FieldErrors.badRequest("The policy is missing", List.of());
        }
        SsoSettings settings = wanted.settings();
        Optional<OrganizationModes> organizations = wanted.organizationModes();
        List<Complaint> complaints = new ArrayList<>(SettingsCheck.of(session, realm, settings, organizations));
        if (wanted.mode() == null) {
            complaints.add(
                    new Complaint(SsoOption.MODE.key(), "The mode is missing; allowed are " + SsoOption.MODE.words()));
        }
        if (!complaints.isEmpty()) {
            return FieldErrors.badRequest("The policy was not saved", complaints);
        }
        if (validateOnly) {
            return Response.noContent().build();
        }

        SsoPolicyRepresentation before = stored();
        PolicyStore store = new PolicyStore(realm);
        boolean newRole = store.save(settings);
        organizations.ifPresent(modes -> modes.save(session, realm));
        SsoPolicyRepresentation after = stored();

        Map<String, Object> change = new LinkedHashMap<>();
        change.put("old", before);
        change.put("new", after);
        if (newRole) {
            change.put("createdRole", settings.exemptRole());
        }
        adminEvent
                .operation(OperationType.UPDATE)
                .resource(RESOURCE_TYPE)
                .resourcePath(SsoPolicyResourceProvider.ID)
                .representation(change)
                .success();
        Metrics.counter("sso.policy.writes", "realm", realm.getName(), "mode", after.mode())
                .increment();
        return Response.ok(after, MediaType.APPLICATION_JSON_TYPE).build();
    }

    @Path("exemptions")
    public ExemptionsResource exemptions() {
        return new ExemptionsResource(session, realm, auth, adminEvent);
    }

    @Path("users")
    public UsersResource users() {
        return new UsersResource(session, realm, auth);
    }

    @Path("readiness")
    public ReadinessResource readiness() {
        return new ReadinessResource(session, realm, auth);
    }

    @Path("doctor")
    public DoctorResource doctor() {
        return new DoctorResource(session, realm, auth);
    }

    @Path("sessions")
    public SessionsResource sessions() {
        return new SessionsResource(session, realm, auth, adminEvent);
    }

    @Path("uninstall")
    public UninstallResource uninstall() {
        return new UninstallResource(session, realm, auth, adminEvent);
    }

    @Path("openapi.json")
    public OpenApiResource openApi() {
        return new OpenApiResource(auth);
    }

    private SsoPolicyRepresentation stored() {
        return SsoPolicyRepresentation.of(
                SsoSettings.of(realm), OrganizationModes.of(session, realm).byAlias());
    }
}
