package io.github.enterprisesso.it.sso;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.realm.Tenant;

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

    private People(Tenant tenant) {
        this.tenant = tenant;
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
        return id;
    }

    /** The login ended on the page that leads to Okta, with neither a code nor a session. */
    void isRefused(Page page, String userId) {
        assertThat(page.isClient()).as("%s", page).isFalse();
        assertThat(page.has("#enforce-sso-okta")).as("%s", page).isTrue();
        assertThat(tenant.sessionsOf(userId)).isZero();
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
        assertThat(tenant.sessionsOf(userId)).isZero();
    }

    OidcBrowser browser() {
        return tenant.browser();
    }
}
