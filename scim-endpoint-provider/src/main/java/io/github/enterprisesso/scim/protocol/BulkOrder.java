package io.github.enterprisesso.scim.protocol;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * In which steps the operations of a Bulk request are to be done: in the order sent, but each after those that create what it
 * refers to. Operations that refer to each other in a circle are one step: the strongly connected components, by Tarjan, and
 * without recursion, since a request may be one long chain.
 */
final class BulkOrder {

    private final List<BulkOperation> operations;
    private final Map<String, Integer> creators = new HashMap<>();

    /** By operation the turn in which it was met, from 1, and the first turn that it leads back to. */
    private final int[] met;

    private final int[] back;
    private final BitSet open = new BitSet();
    private final Deque<Integer> opened = new ArrayDeque<>();
    private final List<List<Integer>> steps = new ArrayList<>();
    private int turn;

    BulkOrder(List<BulkOperation> operations) {
        this.operations = operations;
        this.met = new int[operations.size()];
        this.back = new int[operations.size()];
        for (int number = 0; number < operations.size(); number++) {
            if (operations.get(number).creates()) {
                creators.put(operations.get(number).bulkId(), number);
            }
        }
    }

    /** Numbers of operations. */
    List<List<Integer>> steps() {
        for (int number = 0; number < operations.size(); number++) {
            if (met[number] == 0) {
                follow(number);
            }
        }
        return steps;
    }

    private record Visit(int number, Iterator<Integer> needed) {}

    private void follow(int first) {
        Deque<Visit> way = new ArrayDeque<>();
        way.push(meet(first));
        while (!way.isEmpty()) {
            Visit here = way.peek();
            if (here.needed().hasNext()) {
                int next = here.needed().next();
                if (met[next] == 0) {
                    way.push(meet(next));
                } else if (open.get(next)) {
                    back[here.number()] = Math.min(back[here.number()], met[next]);
                }
            } else {
                way.pop();
                if (!way.isEmpty()) {
                    int before = way.peek().number();
                    back[before] = Math.min(back[before], back[here.number()]);
                }
                if (back[here.number()] == met[here.number()]) {
                    steps.add(close(here.number()));
                }
            }
        }
    }

    private Visit meet(int number) {
        met[number] = ++turn;
        back[number] = turn;
        open.set(number);
        opened.push(number);
        return new Visit(
                number,
                operations.get(number).references().stream()
                        .map(creators::get)
                        .filter(Objects::nonNull)
                        .toList()
                        .iterator());
    }

    private List<Integer> close(int first) {
        List<Integer> step = new ArrayList<>();
        int number;
        do {
            number = opened.pop();
            open.clear(number);
            step.add(number);
        } while (number != first);
        return step.stream().sorted().toList();
    }
}
