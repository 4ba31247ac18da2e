package io.github.enterprisesso.sso.admin;

import io.github.enterprisesso.sso.exemption.ExemptionMail;
import io.github.enterprisesso.sso.exemption.Exemptions;
import io.github.enterprisesso.sso.exemption.Terms;
import io.github.enterprisesso.sso.gate.SsoGate;
import io.github.enterprisesso.sso.policy.Mode;
import io.github.enterprisesso.sso.settings.Administrators;
import io.github.enterprisesso.sso.settings.SettingsCheck.Complaint;
import io.github.enterprisesso.sso.settings.SsoSettings;
import io.github.enterprisesso.sso.store.ExemptionRows;
import io.micrometer.core.instrument.Metrics;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * The exemptions of a realm. Reading one needs permission to view that user, listing them to view users; writing needs
 * permission to manage that user and to give away the exempt role.
 */
public final class ExemptionsResource {

    static final String RESOURCE_TYPE = "SSO_EXEMPTION";

    private static final int MOST = 500;
    private static final int LONGEST_REASON = 1000;
    private static final int LONGEST_OWNER = 255;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder adminEvent;
    private final SsoSettings settings;
    private final Exemptions exemptions;

    ExemptionsResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.adminEvent = adminEvent;
        this.settings = SsoSettings.of(realm);
        this.exemptions = new Exemptions(session, realm, settings.exemptRole());
    }

    /** Exemptions with terms, those that end first in front. Holders of the role without terms are not among them. */
    @GET
    @Path("")
    @Produces(MediaType.APPLICATION_JSON)
    public List<ExemptionRepresentation> list(
            @QueryParam("first") @DefaultValue("0") int first, @QueryParam("max") @DefaultValue("100") int max) {
        auth.users().requireView();
        return new ExemptionRows(session, realm.getId())
                .page(Math.max(0, first), Math.min(Math.max(0, max), MOST)).stream()
                        .map(row -> {
                            UserModel user = session.users().getUserById(realm, row.getUserId());
                            return ExemptionRepresentation.of(
                                    row.getUserId(),
                                    user == null ? null : user.getUsername(),
                                    user != null && exemptions.exempt(user),
                                    Terms.of(row));
                        })
                        .toList();
    }

    @GET
    @Path("{userId}")
    @Produces(MediaType.APPLICATION_JSON)
    public ExemptionRepresentation read(@PathParam("userId") String userId) {
        UserModel user = user(userId);
        auth.users().requireView(user);
        return representation(user);
    }

    /** Exempts a person, or changes the terms on which he is exempt. */
    @PUT
    @Path("{userId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response write(@PathParam("userId") String userId, ExemptionRepresentation wanted) {
        UserModel user = user(userId);
        requireGiving(user);
        if (wanted == null) {
            return FieldErrors.badRequest("The exemption is missing", List.of());
        }
        List<Complaint> complaints = new ArrayList<>();
        Optional<Instant> until = until(wanted.until(), complaints);
        check(user, wanted, until, complaints);
        if (!complaints.isEmpty()) {
            return FieldErrors.badRequest("The exemption was not saved", complaints);
        }

        ExemptionRepresentation before = representation(user);
        Terms terms = new Terms(wanted.reason().strip(), owner(wanted), Exemptions.now(), until);
        exemptions.grant(user, terms);
        ExemptionRepresentation after = representation(user);
        if (settings.notifyExemptions()) {
            new ExemptionMail(session, realm).granted(user, terms);
        }
        record(before.exempt() ? OperationType.UPDATE : OperationType.CREATE, user, before, after, 0);
        return Response.ok(after, MediaType.APPLICATION_JSON_TYPE).build();
    }

    /**
     * Takes the exemption away: it counts from the next login or refresh on.
     *
     * @param endSessions true to end the sessions at once that do not comply without it
     */
    @DELETE
    @Path("{userId}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response withdraw(
            @PathParam("userId") String userId, @QueryParam("endSessions") @DefaultValue("false") boolean endSessions) {
        UserModel user = user(userId);
        requireGiving(user);
        if (!exemptions.holdsRole(user) && exemptions.terms(user).isEmpty()) {
            throw new NotFoundException("The user is not exempt");
        }
        List<Complaint> complaints = new ArrayList<>();
        if (exemptions.inheritsRole(user)) {
            complaints.add(new Complaint(
                    "userId",
                    "The user has the role '%s' by a group or inside another role; take it away there"
                            .formatted(settings.exemptRole())));
        } else if (lastAdministrator(user)) {
            complaints.add(new Complaint("userId", lastAdministratorMessage()));
        }
        if (!complaints.isEmpty()) {
            return FieldErrors.badRequest("The exemption was not taken away", complaints);
        }

        ExemptionRepresentation before = representation(user);
        exemptions.withdraw(user);
        int ended = endSessions ? SsoGate.of(session, realm).endRefused(user) : 0;
        record(OperationType.DELETE, user, before, representation(user), ended);
        return Response.noContent().build();
    }

    private void check(
            UserModel user, ExemptionRepresentation wanted, Optional<Instant> until, List<Complaint> complaints) {
        if (user.getServiceAccountClientLink() != null) {
            complaints.add(new Complaint("userId", "A service account needs no exemption: it is no person"));
        }
        if (wanted.reason() == null || wanted.reason().isBlank()) {
            complaints.add(new Complaint("reason", "Say why; at most %d characters".formatted(LONGEST_REASON)));
        } else if (wanted.reason().strip().length() > LONGEST_REASON) {
            complaints.add(new Complaint("reason", "Longer than %d characters".formatted(LONGEST_REASON)));
        }
        if (owner(wanted).length() > LONGEST_OWNER) {
            complaints.add(new Complaint("by", "Longer than %d characters".formatted(LONGEST_OWNER)));
        }
        if (until.isPresent() && lastAdministrator(user)) {
            complaints.add(new Complaint("until", lastAdministratorMessage()));
        }
    }

    private Optional<Instant> until(String text, List<Complaint> complaints) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            Instant end = OffsetDateTime.parse(text.strip()).toInstant();
            if (!end.isAfter(Exemptions.now())) {
                complaints.add(new Complaint("until", "'%s' is not in the future".formatted(text)));
            }
            return Optional.of(end);
        } catch (DateTimeParseException | ArithmeticException noTime) {
            complaints.add(new Complaint(
                    "until", "'%s' is no time with an offset; write it as in 2027-01-31T18:00:00Z".formatted(text)));
            return Optional.empty();
        }
    }

    private String owner(ExemptionRepresentation wanted) {
        return wanted.by() == null || wanted.by().isBlank()
                ? auth.adminAuth().getUser().getUsername()
                : wanted.by().strip();
    }

    private boolean lastAdministrator(UserModel user) {
        Administrators administrators = new Administrators(session, realm, settings.exemptRole());
        return settings.policy().mode() == Mode.ENFORCE
                && administrators.include(user)
                && !administrators.anyBeside(user);
    }

    private static String lastAdministratorMessage() {
        return "This is the last administrator who can sign in without the provider; exempt another one without an end, or "
                + "switch ENFORCE off, before this one's exemption ends";
    }

    private UserModel user(String userId) {
        UserModel user = session.users().getUserById(realm, userId);
        if (user == null) {
            throw new NotFoundException("User not found");
        }
        return user;
    }

    private void requireGiving(UserModel user) {
        auth.users().requireManage(user);
        RoleModel role = realm.getRole(settings.exemptRole());
        if (role == null) {
            throw new NotFoundException(
                    "The realm has no role '%s'; save the policy first".formatted(settings.exemptRole()));
        }
        auth.roles().requireMapRole(role);
    }

    private ExemptionRepresentation representation(UserModel user) {
        return ExemptionRepresentation.of(
                user.getId(),
                user.getUsername(),
                exemptions.exempt(user),
                exemptions.terms(user).orElse(null));
    }

    private void record(
            OperationType operation,
            UserModel user,
            ExemptionRepresentation before,
            ExemptionRepresentation after,
            int endedSessions) {
        Metrics.counter("sso.exemptions", "realm", realm.getName(), "operation", operation.name())
                .increment();
        Map<String, Object> change = new LinkedHashMap<>();
        change.put("old", before);
        change.put("new", after);
        if (endedSessions > 0) {
            change.put("endedSessions", endedSessions);
        }
        adminEvent
                .operation(operation)
                .resource(RESOURCE_TYPE)
                .resourcePath(SsoPolicyResourceProvider.ID, "exemptions", user.getId())
                .detail(UserModel.USERNAME, user.getUsername())
                .representation(change)
                .success();
    }
}
