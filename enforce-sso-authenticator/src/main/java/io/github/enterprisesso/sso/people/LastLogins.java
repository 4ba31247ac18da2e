package io.github.enterprisesso.sso.people;

import io.github.enterprisesso.sso.store.LastLoginEntity;
import java.time.Instant;
import java.util.Optional;

/**
 * When somebody last signed in, since the policy is not OFF.
 *
 * @param enterprise the last login through an identity provider that the policy accepts
 * @param other the last login of any other kind that went through
 */
public record LastLogins(Optional<Login> enterprise, Optional<Login> other) {

    static final LastLogins NONE = new LastLogins(Optional.empty(), Optional.empty());

    /** @param how alias of the provider, or the method */
    public record Login(Instant at, String how) {

        private static Optional<Login> of(Long at, String how) {
            return Optional.ofNullable(at).map(time -> new Login(Instant.ofEpochMilli(time), how));
        }
    }

    static LastLogins of(LastLoginEntity row) {
        return new LastLogins(
                Login.of(row.getEnterpriseAt(), row.getProvider()), Login.of(row.getOtherAt(), row.getMethod()));
    }
}
