package io.github.enterprisesso.sso.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** The terms on which one person holds the exempt role. Without a row the role has no terms. */
@Entity
@Table(name = "SSO_EXEMPTION")
@IdClass(ExemptionEntity.Key.class)
public class ExemptionEntity {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId;

    @Id
    @Column(name = "USER_ID", length = 255)
    private String userId;

    @Column(name = "REASON", length = 1000, nullable = false)
    private String reason;

    @Column(name = "OWNER", length = 255, nullable = false)
    private String owner;

    @Column(name = "GRANTED_AT", nullable = false)
    private long grantedAt;

    @Column(name = "UNTIL_AT")
    private Long untilAt;

    @Column(name = "WARNED_AT")
    private Long warnedAt;

    @Column(name = "ENDED_AT")
    private Long endedAt;

    protected ExemptionEntity() {}

    ExemptionEntity(String realmId, String userId) {
        this.realmId = realmId;
        this.userId = userId;
    }

    public String getRealmId() {
        return realmId;
    }

    public String getUserId() {
        return userId;
    }

    public String getReason() {
        return reason;
    }

    void setReason(String reason) {
        this.reason = reason;
    }

    public String getOwner() {
        return owner;
    }

    void setOwner(String owner) {
        this.owner = owner;
    }

    /** Milliseconds since the epoch, as all times here. */
    public long getGrantedAt() {
        return grantedAt;
    }

    void setGrantedAt(long grantedAt) {
        this.grantedAt = grantedAt;
    }

    /** Null if it has no end. */
    public Long getUntilAt() {
        return untilAt;
    }

    void setUntilAt(Long untilAt) {
        this.untilAt = untilAt;
    }

    void setWarnedAt(Long warnedAt) {
        this.warnedAt = warnedAt;
    }

    void setEndedAt(Long endedAt) {
        this.endedAt = endedAt;
    }

    /** The primary key; the id of a federated user is longer than a UUID. */
    public static class Key implements Serializable {

        private static final long serialVersionUID = 1L;

        private String realmId;
        private String userId;

        public Key() {}

        Key(String realmId, String userId) {
            this.realmId = realmId;
            this.userId = userId;
        }

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
