package io.github.enterprisesso.sso.admin;

import io.github.enterprisesso.sso.gate.SsoGate;
import io.github.enterprisesso.sso.people.Account;
import io.github.enterprisesso.sso.people.Accounts;
import io.github.enterprisesso.sso.policy.SsoPolicy;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** The people of a realm with what the policy means for each (ADM-4, EXM-3, ADM-11). Needs {@code view-users}. */
public final class UsersResource {

    private static final String CSV = "text/csv; charset=UTF-8";

    private static final int BATCH = 500;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;

    UsersResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
    }

    /**
     * A page of the people, by user name.
     *
     * @param search part of the user name, e-mail address or full name; absent for everybody
     */
    @GET
    @Path("")
    @Produces(MediaType.APPLICATION_JSON)
    public UsersRepresentation list(
            @QueryParam("search") String search, @QueryParam("first") String first, @QueryParam("max") String max) {
        auth.users().requireView();
        Page page = Page.of(first, max);
        String text = search == null ? "" : search;
        Accounts accounts = new Accounts(session, realm);
        SsoPolicy policy = SsoGate.of(session, realm).policy();
        Instant now = now();
        return new UsersRepresentation(
                accounts.count(text),
                page.first(),
                accounts.search(text, page.first(), page.max()).stream()
                        .map(account -> UserRepresentation.of(account, policy, now))
                        .toList());
    }

    /** Everybody, as a table. */
    @GET
    @Path("export")
    @Produces(CSV)
    public Response export() {
        auth.users().requireView();
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        String realmId = realm.getId();
        StreamingOutput table = out -> write(factory, realmId, out);
        return Response.ok(table, CSV)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"sso-users.csv\"")
                .build();
    }

    /** In batches with a transaction each: memory does not grow with the realm. */
    private static void write(KeycloakSessionFactory factory, String realmId, OutputStream out) throws IOException {
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        Csv csv = new Csv(text);
        csv.line(
                "id",
                "username",
                "email",
                "name",
                "enabled",
                "providers",
                "last_sso_login",
                "last_sso_provider",
                "last_other_login",
                "last_other_method",
                "exempt",
                "exempt_until",
                "exempt_reason",
                "exempt_by",
                "local_login");
        String last = "";
        while (last != null) {
            String after = last;
            last = KeycloakModelUtils.runJobInTransactionWithResult(factory, job -> batch(job, realmId, after, csv));
        }
        text.flush();
    }

    /** @return the user name to go on after, or null at the end */
    private static String batch(KeycloakSession session, String realmId, String after, Csv csv) {
        RealmModel realm = session.realms().getRealm(realmId);
        session.getContext().setRealm(realm);
        SsoPolicy policy = SsoGate.of(session, realm).policy();
        List<Account> batch = new Accounts(session, realm).after(after, BATCH);
        batch.forEach(account -> line(csv, UserRepresentation.of(account, policy, now())));
        return batch.size() < BATCH ? null : batch.get(batch.size() - 1).username();
    }

    private static void line(Csv csv, UserRepresentation user) {
        var sso = user.lastSsoLogin();
        var other = user.lastOtherLogin();
        var terms = user.exemption();
        try {
            csv.line(
                    user.id(),
                    user.username(),
                    user.email(),
                    user.name(),
                    user.enabled(),
                    String.join(" ", user.providers()),
                    sso == null ? null : sso.at(),
                    sso == null ? null : sso.provider(),
                    other == null ? null : other.at(),
                    other == null ? null : other.method(),
                    user.exempt(),
                    terms == null ? null : terms.until(),
                    terms == null ? null : terms.reason(),
                    terms == null ? null : terms.by(),
                    user.localLogin());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }
}
