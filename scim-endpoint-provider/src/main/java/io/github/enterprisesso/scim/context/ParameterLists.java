package io.github.enterprisesso.scim.context;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Cuts values into lists that a statement can take as parameters. SQL Server is the narrowest: 2,100 in one statement. */
public final class ParameterLists {

    /** Some are left for what else a statement says. */
    private static final int MOST = 1900;

    private ParameterLists() {}

    /** For statements that name the list once: sets of 1024. */
    public static <T> List<List<T>> of(Collection<T> values) {
        return of(values, 1);
    }

    /**
     * As few lists as can be, each as long as {@link io.github.enterprisesso.scim.schema.Condition#among} may send it.
     *
     * @param times how often the statement names the list, each time with parameters of its own
     */
    public static <T> List<List<T>> of(Collection<T> values, int times) {
        int length = Integer.highestOneBit(MOST / times);
        List<T> all = new ArrayList<>(values);
        List<List<T>> lists = new ArrayList<>();
        for (int start = 0; start < all.size(); start += length) {
            lists.add(all.subList(start, Math.min(all.size(), start + length)));
        }
        return lists;
    }
}
