package io.github.enterprisesso.teams.store;

import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.Entitlement.Kind;
import io.github.enterprisesso.teams.mapping.Provenance;
import io.github.enterprisesso.teams.mapping.Provenance.Origin;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;

/** An {@link Entitlement} that the mapper gave to a user. What is not here was given by somebody else. */
@Entity
@Table(name = "TEAM_GRANT")
public class GrantEntity {

    /** Stands for "no group" and "no mapping", as null would not count in the unique key. */
    private static final String ABSENT = "-";

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    @Column(name = "USER_ID", length = 36, nullable = false)
    private String userId;

    @Enumerated(EnumType.STRING)
    @Column(name = "KIND", length = 16, nullable = false)
    private Kind kind;

    @Column(name = "TARGET_ID", length = 36, nullable = false)
    private String targetId;

    @Enumerated(EnumType.STRING)
    @Column(name = "ORIGIN", length = 32, nullable = false)
    private Origin origin;

    @Column(name = "SOURCE_GROUP_ID", length = 36, nullable = false)
    private String sourceGroupId;

    @Column(name = "MAPPING_ID", length = 36, nullable = false)
    private String mappingId;

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    protected GrantEntity() {}

    GrantEntity(String id, String realmId, String userId, Entitlement entitlement, long now) {
        this.id = id;
        this.realmId = realmId;
        this.userId = userId;
        this.kind = entitlement.kind();
        this.targetId = entitlement.targetId();
        this.origin = entitlement.provenance().origin();
        this.sourceGroupId = entitlement.provenance().groupId().orElse(ABSENT);
        this.mappingId = entitlement.provenance().mappingId().orElse(ABSENT);
        this.createdAt = now;
    }

    public Entitlement entitlement() {
        return new Entitlement(kind, targetId, new Provenance(origin, present(sourceGroupId), present(mappingId)));
    }

    private static Optional<String> present(String value) {
        return Optional.of(value).filter(id -> !id.equals(ABSENT));
    }

    public String getUserId() {
        return userId;
    }

    /** Milliseconds since the epoch. */
    public long getCreatedAt() {
        return createdAt;
    }
}
