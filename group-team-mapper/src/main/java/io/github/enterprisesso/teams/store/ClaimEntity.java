package io.github.enterprisesso.teams.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The last login of a user through a provider named this group. */
@Entity
@Table(name = "TEAM_CLAIM")
public class ClaimEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    @Column(name = "USER_ID", length = 36, nullable = false)
    private String userId;

    @Column(name = "PROVIDER", nullable = false)
    private String provider;

    @Column(name = "GROUP_ID", length = 36, nullable = false)
    private String groupId;

    @Column(name = "SEEN_AT", nullable = false)
    private long seenAt;

    protected ClaimEntity() {}

    ClaimEntity(String id, String realmId, String userId, String provider, String groupId, long now) {
        this.id = id;
        this.realmId = realmId;
        this.userId = userId;
        this.provider = provider;
        this.groupId = groupId;
        this.seenAt = now;
    }

    public String getUserId() {
        return userId;
    }

    /** Alias of the identity provider. */
    public String getProvider() {
        return provider;
    }

    /** Id of a pushed group, or of a {@link ClaimedGroupEntity}. */
    public String getGroupId() {
        return groupId;
    }

    /** Of the last login that named it, in milliseconds since the epoch. */
    public long getSeenAt() {
        return seenAt;
    }
}
