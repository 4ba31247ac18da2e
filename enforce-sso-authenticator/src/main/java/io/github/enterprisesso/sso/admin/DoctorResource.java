package io.github.enterprisesso.sso.admin;

import io.github.enterprisesso.sso.doctor.Doctor;
import io.github.enterprisesso.sso.doctor.Finding;
import io.github.enterprisesso.sso.inspection.RealmInspection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The self-check of a realm (ADM-9). Needs {@code view-realm}. */
public final class DoctorResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;

    DoctorResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
    }

    /**
     * Every check with what it found.
     *
     * @param probe false to make no request to the identity providers; absent is true. Whoever may not view identity
     *     providers makes none: their addresses are told
     */
    @GET
    @Path("")
    @Produces(MediaType.APPLICATION_JSON)
    public DoctorRepresentation examine(@QueryParam("probe") String probe) {
        auth.realm().requireViewRealm();
        boolean ask = Page.flag("probe", probe, true) && auth.realm().canViewIdentityProviders();
        return DoctorRepresentation.of(Doctor.examine(RealmInspection.of(session, realm, ask)));
    }

    /**
     * What the doctor says.
     *
     * @param count how many findings there are of each status
     */
    public record DoctorRepresentation(Map<Finding.Status, Long> count, List<Finding> findings) {

        private static DoctorRepresentation of(List<Finding> findings) {
            Map<Finding.Status, Long> count = new EnumMap<>(Finding.Status.class);
            Arrays.stream(Finding.Status.values()).forEach(status -> count.put(status, 0L));
            findings.forEach(finding -> count.merge(finding.status(), 1L, Long::sum));
            return new DoctorRepresentation(count, findings);
        }
    }
}
