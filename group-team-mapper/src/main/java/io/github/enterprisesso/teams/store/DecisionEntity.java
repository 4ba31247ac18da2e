package io.github.enterprisesso.teams.store;

import io.github.enterprisesso.teams.mapping.Decision;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A {@link Decision} of an administrator for one user. */
@Entity
@Table(name = "TEAM_DECISION")
public class DecisionEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    @Column(name = "USER_ID", length = 36, nullable = false)
    private String userId;

    @Column(name = "WINNER_ID", length = 36, nullable = false)
    private String winnerId;

    @Column(name = "LOSER_ID", length = 36, nullable = false)
    private String loserId;

    @Column(name = "DECIDED_AT", nullable = false)
    private long decidedAt;

    protected DecisionEntity() {}

    DecisionEntity(String id, String realmId, String userId, Decision decision, long now) {
        this.id = id;
        this.realmId = realmId;
        this.userId = userId;
        this.winnerId = decision.winnerId();
        this.loserId = decision.loserId();
        this.decidedAt = now;
    }

    Decision decision() {
        return new Decision(winnerId, loserId);
    }

    String getUserId() {
        return userId;
    }
}
