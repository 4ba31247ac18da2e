package io.github.enterprisesso.teams.store;

import io.github.enterprisesso.teams.mapping.Conflict;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A {@link Conflict} of a user that waits for a decision. */
@Entity
@Table(name = "TEAM_CONFLICT")
public class ConflictEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    @Column(name = "USER_ID", length = 36, nullable = false)
    private String userId;

    @Enumerated(EnumType.STRING)
    @Column(name = "CONFLICT_TYPE", length = 32, nullable = false)
    private Conflict.Type type;

    @Column(name = "CURRENT_ID", length = 36, nullable = false)
    private String currentId;

    @Column(name = "INCOMING_ID", length = 36, nullable = false)
    private String incomingId;

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    protected ConflictEntity() {}

    ConflictEntity(String id, String realmId, String userId, Conflict conflict, long now) {
        this.id = id;
        this.realmId = realmId;
        this.userId = userId;
        this.type = conflict.type();
        this.currentId = conflict.currentId();
        this.incomingId = conflict.incomingId();
        this.createdAt = now;
    }

    public Conflict conflict() {
        return new Conflict(type, currentId, incomingId);
    }

    boolean isOf(String realm) {
        return realmId.equals(realm);
    }

    public String getId() {
        return id;
    }

    public String getUserId() {
        return userId;
    }

    /** Milliseconds since the epoch. */
    public long getCreatedAt() {
        return createdAt;
    }
}
