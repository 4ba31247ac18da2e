package io.github.enterprisesso.sso.admin;

import io.github.enterprisesso.sso.admin.ReadinessRepresentation.CandidateRepresentation;
import io.github.enterprisesso.sso.inspection.ProviderDomains;
import io.github.enterprisesso.sso.people.Account;
import io.github.enterprisesso.sso.people.Accounts;
import io.github.enterprisesso.sso.people.LastLogins.Login;
import io.github.enterprisesso.sso.policy.EnforcedDomain;
import io.github.enterprisesso.sso.policy.Evidence;
import io.github.enterprisesso.sso.policy.SsoPolicy;
import io.github.enterprisesso.sso.readiness.Readiness;
import io.github.enterprisesso.sso.readiness.Readiness.Facts;
import io.github.enterprisesso.sso.readiness.Readiness.Obstacle;
import io.github.enterprisesso.sso.readiness.Readiness.State;
import io.github.enterprisesso.sso.settings.SsoSettings;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Who would be locked out if ENFORCE was on now, and why. Needs {@code view-users}. */
public final class ReadinessResource {

    private static final int BATCH = 1000;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;

    ReadinessResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
    }

    /**
     * Counts everybody, and lists a page of those in one state.
     *
     * @param state LOCKED_OUT, UNPROVEN, or any other state; absent is LOCKED_OUT and UNPROVEN
     */
    @GET
    @Path("")
    @Produces(MediaType.APPLICATION_JSON)
    public ReadinessRepresentation list(
            @QueryParam("state") String state, @QueryParam("first") String first, @QueryParam("max") String max) {
        auth.users().requireView();
        Survey survey = new Survey(states(state), Page.of(first, max));
        survey.run();
        return survey.result();
    }

    private static Set<State> states(String name) {
        if (name == null || name.isBlank()) {
            return EnumSet.of(State.LOCKED_OUT, State.UNPROVEN);
        }
        try {
            return EnumSet.of(State.valueOf(name.strip().toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException unknown) {
            throw Page.badField(
                    "state", "'%s' is no state; allowed are %s".formatted(name, Arrays.toString(State.values())));
        }
    }

    /**
     * One walk through the realm: each batch is read in a fixed number of statements and judged by the same function that
     * judges a login; nothing but the counts and the page is kept.
     */
    private final class Survey {

        private final Set<State> wanted;
        private final Page page;
        private final Map<State, Long> people = new EnumMap<>(State.class);
        private final Map<Obstacle, Long> obstacles = new EnumMap<>(Obstacle.class);
        private final List<CandidateRepresentation> listed = new ArrayList<>();
        private final Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
        private String last = "";
        private long total;

        private Survey(Set<State> wanted, Page page) {
            this.wanted = wanted;
            this.page = page;
            Arrays.stream(State.values()).forEach(state -> people.put(state, 0L));
            Arrays.stream(Obstacle.values()).forEach(obstacle -> obstacles.put(obstacle, 0L));
        }

        private void run() {
            while (last != null) {
                KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), this::batch);
            }
        }

        private void batch(KeycloakSession job) {
            RealmModel current = job.realms().getRealm(realm.getId());
            job.getContext().setRealm(current);
            SsoPolicy enforced = SsoSettings.of(current).policy().enforced();
            Map<String, Set<String>> domains = ProviderDomains.of(job, current);
            List<Account> batch = new Accounts(job, current).after(last, BATCH);
            batch.forEach(account -> add(
                    account,
                    Readiness.of(
                            facts(account),
                            enforced.decide(account.subject(now), new Evidence.Local("password")),
                            domains)));
            last = batch.size() < BATCH ? null : batch.get(batch.size() - 1).username();
        }

        private void add(Account account, Readiness readiness) {
            people.merge(readiness.state(), 1L, Long::sum);
            readiness.obstacles().forEach(obstacle -> obstacles.merge(obstacle, 1L, Long::sum));
            if (wanted.contains(readiness.state())) {
                if (total >= page.first() && listed.size() < page.max()) {
                    listed.add(CandidateRepresentation.of(account, readiness));
                }
                total++;
            }
        }

        private ReadinessRepresentation result() {
            return new ReadinessRepresentation(people, obstacles, total, page.first(), listed);
        }
    }

    private static Facts facts(Account account) {
        return new Facts(
                account.enabled(),
                EnforcedDomain.ofAddress(account.email()),
                Set.copyOf(account.providers()),
                !account.credentials().isEmpty(),
                account.lastLogins().enterprise().map(Login::how));
    }
}
