package io.github.enterprisesso.teams.store;

import io.github.enterprisesso.teams.mapping.Mapping;
import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;

/** A {@link Mapping} and what became of its target. */
@Entity
@Table(name = "TEAM_MAPPING")
public class MappingEntity {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId;

    @Column(name = "GROUP_ID", length = 36, nullable = false)
    private String groupId;

    @Enumerated(EnumType.STRING)
    @Column(name = "TARGET_TYPE", length = 32, nullable = false)
    private TargetType targetType;

    @Column(name = "TARGET_ID", length = 36)
    private String targetId;

    @Enumerated(EnumType.STRING)
    @Column(name = "STATUS", length = 32, nullable = false)
    private MappingStatus status;

    @Column(name = "HELD", nullable = false)
    private boolean held;

    @Column(name = "TARGET_DELETED", nullable = false)
    private boolean targetDeleted;

    @Column(name = "BRAKED", nullable = false)
    private boolean braked;

    @Column(name = "TOMBSTONE_ID", length = 36)
    private String tombstoneId;

    @Enumerated(EnumType.STRING)
    @Column(name = "PRIOR_STATUS", length = 32)
    private MappingStatus priorStatus;

    @Column(name = "RULE_NAME")
    private String rule;

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    protected MappingEntity() {}

    MappingEntity(
            String id,
            String realmId,
            String groupId,
            TargetType targetType,
            MappingStatus status,
            String rule,
            long now) {
        this.id = id;
        this.realmId = realmId;
        this.groupId = groupId;
        this.targetType = targetType;
        this.status = status;
        this.rule = rule;
        this.createdAt = now;
    }

    public Mapping toMapping() {
        return new Mapping(
                id,
                groupId,
                targetType,
                Optional.ofNullable(targetId).map(target -> new Target(targetType, target)),
                status,
                held,
                targetDeleted,
                Optional.ofNullable(rule),
                createdAt);
    }

    boolean isOf(String realm) {
        return realmId.equals(realm);
    }

    public String getId() {
        return id;
    }

    public String getGroupId() {
        return groupId;
    }

    public TargetType getTargetType() {
        return targetType;
    }

    public String getTargetId() {
        return targetId;
    }

    public MappingStatus getStatus() {
        return status;
    }

    /** The name of the rule that made it; null for one made by hand. */
    public String getRule() {
        return rule;
    }

    public boolean isTargetDeleted() {
        return targetDeleted;
    }

    /** Whether it takes nothing from anybody until an administrator decides: a push would have taken too much. */
    public boolean isBraked() {
        return braked;
    }

    /** Whether its group was deleted and is remembered. */
    public boolean isBuried() {
        return tombstoneId != null;
    }

    /** Leads to this target from now on, and gives it to the members. */
    public void approve(MappingStatus approval, String target) {
        this.targetId = target;
        this.status = approval;
        this.held = false;
        this.braked = false;
        this.targetDeleted = false;
    }

    /** Waits, and takes nothing from anybody. */
    public void brake() {
        hold();
        this.braked = true;
    }

    /** Takes from now on what it would have taken. */
    public void release() {
        this.braked = false;
    }

    /** Its group was deleted: rejected, and remembered as it was. */
    void bury(String tombstone) {
        this.tombstoneId = tombstone;
        this.priorStatus = status;
        this.status = MappingStatus.REJECTED;
    }

    /** Its group is back. */
    void rise(String group) {
        this.groupId = group;
        this.status = priorStatus;
        this.tombstoneId = null;
        this.priorStatus = null;
    }

    /** Waits for a decision; who has the target through this mapping keeps it. */
    public void hold() {
        this.held = status.syncs() || held;
        this.status = MappingStatus.PENDING;
    }

    public void reject() {
        this.status = MappingStatus.REJECTED;
        this.held = false;
        this.braked = false;
    }

    /** The target was deleted by hand: nothing is made anew until an administrator says so. */
    public void targetGone() {
        this.targetId = null;
        this.targetDeleted = true;
        this.held = false;
        this.braked = false;
        if (isBuried()) {
            this.priorStatus = MappingStatus.PENDING;
        } else if (status != MappingStatus.REJECTED) {
            this.status = MappingStatus.PENDING;
        }
    }
}
