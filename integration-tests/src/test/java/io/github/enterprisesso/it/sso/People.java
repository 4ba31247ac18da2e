package io.github.enterprisesso.it.sso;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.realm.Tenant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;

/**
 * The three people of every route: Nina must sign in through Okta, Emma is exempt, Olga is like Nina and does sign in
 * through Okta. All have a password here, an account at Okta and one at the social provider.
 */
final class People {

    static final String PASSWORD = "local-password";
    static final String OKTA_PASSWORD = "okta-password";
    static final String SOCIAL_PASSWORD = "social-password";

    static final String NINA = "nina@acme.test";
    static final String EMMA = "emma@acme.test";
    static final String OLGA = "olga@acme.test";

    final Tenant tenant;
    final String nina;
    final String emma;
    final String olga;

    private final String client;
    private final Map<String, List<String>> links = new HashMap<>();

    private People(Tenant tenant) {
        this.tenant = tenant;
        this.client = tenant.admin()
                .realm()
                .clients()
                .findByClientId(OidcBrowser.CLIENT)
                .get(0)
                .getId();
        this.nina = person(NINA);
        this.emma = person(EMMA);
        this.olga = person(OLGA);
        tenant.grant(emma, "sso-exempt");
    }

    static People in(Tenant tenant) {
        return new People(tenant);
    }

    /** One more person like Nina; answers the user id. */
    String person(String email) {
        String id = tenant.localUser(email, PASSWORD);
        tenant.link(id, Tenant.OKTA, tenant.oktaUser(email, OKTA_PASSWORD), email);
        tenant.link(id, Tenant.SOCIAL, tenant.socialUser(email, SOCIAL_PASSWORD), email);
        links.put(id, List.of(Tenant.OKTA, Tenant.SOCIAL));
        return id;
    }

    /** Somebody else of the realm, with the links that he has. */
    void join(String userId, String... aliases) {
        links.put(userId, List.of(aliases));
    }

    /** The login ended on the page that leads to Okta, with neither a code nor a session. */
    void isRefused(Page page, String userId) {
        assertThat(page.isClient()).as("%s", page).isFalse();
        assertThat(page.has("#enforce-sso-okta")).as("%s", page).isTrue();
        nothingIsLeftOf(userId);
    }

    /** The login ended with a code that buys working tokens; answers them. */
    Answer passes(Page page) {
        assertThat(page.code()).as("%s", page).isPresent();
        Answer tokens = tenant.browser().tokens(page);
        works(tokens);
        return tokens;
    }

    /** The tokens are there and belong to a living session. */
    void works(Answer tokens) {
        assertThat(tokens.status()).as("%s", tokens).isEqualTo(200);
        assertThat(tenant.browser().userInfo(tokens.at("/access_token")).status())
                .isEqualTo(200);
    }

    /** The token endpoint refused for the policy's sake, and the person has no session left. */
    void isRefused(Answer tokens, String userId) {
        assertThat(tokens.status()).as("%s", tokens).isEqualTo(400);
        assertThat(tokens.at("/error")).isEqualTo("invalid_grant");
        assertThat(tokens.at("/error_description")).startsWith("sso_required");
        assertThat(tokens.at("/access_token")).isEmpty();
        nothingIsLeftOf(userId);
    }

    /** What every refusal must leave of a person: no session, no offline session, no new link, no brute-force count. */
    void nothingIsLeftOf(String userId) {
        UserResource user = tenant.admin().realm().users().get(userId);
        assertThat(user.getUserSessions()).isEmpty();
        assertThat(user.getOfflineSessions(client)).isEmpty();
        assertThat(user.getFederatedIdentity())
                .extracting(FederatedIdentityRepresentation::getIdentityProvider)
                .containsExactlyInAnyOrderElementsOf(links.getOrDefault(userId, List.of()));
        assertThat(tenant.admin().realm().attackDetection().bruteForceUserStatus(userId))
                .containsEntry("numFailures", 0);
    }

    /** What a refusal must leave of somebody who had no account before: nothing, but the page that leads to Okta. */
    void leftNoAccount(Page page, String username) {
        assertThat(page.isClient()).as("%s", page).isFalse();
        assertThat(page.has("#enforce-sso-okta")).as("%s", page).isTrue();
        leftNoAccount(username);
    }

    void leftNoAccount(String username) {
        assertThat(tenant.admin().realm().users().searchByUsername(username, true))
                .isEmpty();
        assertThat(tenant.events("DELETE_ACCOUNT"))
                .filteredOn(event -> username.equals(event.getDetails().get("username")))
                .extracting(event -> event.getDetails().get("reason"))
                .containsExactly("sso_required");
    }

    OidcBrowser browser() {
        return tenant.browser();
    }
}
