package io.github.enterprisesso.teams.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** A member that a deleted group had, or who left a group. */
@Entity
@Table(name = "TEAM_TOMBSTONE_MEMBER")
@IdClass(TombstoneMemberEntity.Key.class)
public class TombstoneMemberEntity {

    @Id
    @Column(name = "TOMBSTONE_ID", length = 36)
    private String tombstoneId;

    @Id
    @Column(name = "USER_ID", length = 36)
    private String userId;

    protected TombstoneMemberEntity() {}

    TombstoneMemberEntity(String tombstoneId, String userId) {
        this.tombstoneId = tombstoneId;
        this.userId = userId;
    }

    /** Both columns. */
    public static final class Key implements Serializable {

        private String tombstoneId;
        private String userId;

        public Key() {}

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && Objects.equals(tombstoneId, key.tombstoneId)
                    && Objects.equals(userId, key.userId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(tombstoneId, userId);
        }
    }
}
