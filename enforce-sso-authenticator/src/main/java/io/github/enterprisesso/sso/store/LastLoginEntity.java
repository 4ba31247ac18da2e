package io.github.enterprisesso.sso.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** When a person last signed in through an accepted identity provider, and when in any other way. */
@Entity
@Table(name = "SSO_LAST_LOGIN")
@IdClass(LastLoginEntity.Key.class)
public class LastLoginEntity {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId;

    @Id
    @Column(name = "USER_ID", length = 255)
    private String userId;

    @Column(name = "ENTERPRISE_AT")
    private Long enterpriseAt;

    @Column(name = "PROVIDER", length = 255)
    private String provider;

    @Column(name = "OTHER_AT")
    private Long otherAt;

    @Column(name = "METHOD", length = 255)
    private String method;

    protected LastLoginEntity() {}

    public String getUserId() {
        return userId;
    }

    /** Milliseconds since the epoch, as all times here; null if there was none. */
    public Long getEnterpriseAt() {
        return enterpriseAt;
    }

    /** Alias of the identity provider, or null. */
    public String getProvider() {
        return provider;
    }

    public Long getOtherAt() {
        return otherAt;
    }

    /** How he proved himself then: ids of authenticators, {@code broker <alias>} or {@code password}; or null. */
    public String getMethod() {
        return method;
    }

    /** The primary key; the id of a federated user is longer than a UUID. */
    public static class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        private String realmId;
        private String userId;

        public Key() {}

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.realmId.equals(realmId) && key.userId.equals(userId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(realmId, userId);
        }
    }
}
