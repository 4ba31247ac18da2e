package io.github.enterprisesso.scim.protocol;

import java.util.Objects;
import java.util.function.Function;

/**
 * What a request says about one attribute. Not mentioned, emptied and set are three different things: a PUT leaves what
 * it does not mention (requirement USR-9).
 *
 * @param mentioned false: leave the attribute as it is
 * @param value null: empty the attribute
 */
public record Given<T>(boolean mentioned, T value) {

    private static final Given<?> NOTHING = new Given<>(false, null);

    @SuppressWarnings("unchecked")
    public static <T> Given<T> nothing() {
        return (Given<T>) NOTHING;
    }

    public static <T> Given<T> of(T value) {
        return new Given<>(true, value);
    }

    public <R> Given<R> map(Function<T, R> function) {
        return mentioned ? of(value == null ? null : function.apply(value)) : nothing();
    }

    /** Whether following the request would alter what is there now. */
    public boolean differsFrom(T current) {
        return mentioned && !Objects.equals(value, current);
    }

    public T orElse(T current) {
        return mentioned ? value : current;
    }
}
